"""newsloom story ID: one story in full."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from cli.difference import told
from cli.output import (
    console,
    fitted,
    grid,
    json_option,
    print_json,
    shown,
    warehouse_option,
    with_example,
)
from cli.storyview import count, headline, print_story
from warehouse.changes import changes
from warehouse.published import Published

MOST_FOLLOWUPS = 3
MOST_REVISIONS = 5
MOST_OF_CHANGE = 240
"""Characters of one change; `newsloom trace` shows more."""
_REVISION = ("article_id", "revision", "seen_at", "title", "word_count")


@click.command("story")
@click.argument("story", metavar="ID")
@json_option
@warehouse_option
@with_example("newsloom story s1f0c2a9b")
def command(story: str, as_json: bool, warehouse: Path) -> int:
    """Show one story: its articles, what joined them, its entities, revisions and history.

    ID is the story's id or its first characters; a merged story leads to the one it went into.
    """
    with Published(warehouse) as news:
        story_id = news.find_story(story)
        history = news.rows("story_history", story=story_id)
        followups = news.rows("story_followups", story=story_id)
        facts = news.rows("story_facts", story=story_id)[0]
        revisions = news.rows("story_revisions", story=story_id)
        if as_json:
            print_json(
                {
                    **facts,
                    "articles": news.rows("story_articles", story=story_id),
                    "links": news.rows("story_links", story=story_id, most=1000),
                    "entities": news.rows("story_entities", story=story_id),
                    **_by_direction(followups),
                    "history": history,
                    "revisions": [
                        {name: row[name] for name in _REVISION} | {"changes": changes(row)}
                        for row in revisions
                    ],
                    "translations": news.rows("translations", story=story_id),
                }
            )
            return 0
        out = console()
        print_story(out, news, story_id, full=True)
        _print_followups(out, facts["began_at"], followups)
        _print_revisions(out, revisions)
        if history:
            out.print("  history", style="dim")
            out.print(grid(((row["happened_at"], _line(row)) for row in history), indent=4))
    return 0


def _print_revisions(out: Console, revisions: list[dict[str, Any]]) -> None:
    """Print what changed in the story's articles after they were first read, the latest first."""
    if not revisions:
        return
    out.print("  revised", style="dim")
    for row in revisions[:MOST_REVISIONS]:
        line = (row["article_id"][:9], row["seen_at"], headline(row["title"]))
        out.print(grid(fitted([line], 2, out.width - 4), indent=4))
        for change in told(row, MOST_OF_CHANGE):
            out.print(Padding(change, (0, 0, 0, 6)))
    if len(revisions) > MOST_REVISIONS:
        out.print(f"    … and {len(revisions) - MOST_REVISIONS:,} more: --json", style="dim")


def _line(row: dict[str, Any]) -> str:
    other = f" ({row['other_story_id']})" if row["other_story_id"] else ""
    return f"{row['event']}{other}, {count(int(row['article_count']), 'article')}"


def _by_direction(followups: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the earlier stories as `follows` and the later ones as `followed_by`."""
    sides: dict[str, list[dict[str, Any]]] = {"follows": [], "followed_by": []}
    for row in followups:
        plain = {name: value for name, value in row.items() if name != "earlier"}
        sides["follows" if row["earlier"] else "followed_by"].append(plain)
    return sides


def _print_followups(out: Console, began: datetime, followups: list[dict[str, Any]]) -> None:
    """Print what the story follows and what follows it; `began` is when it did."""
    cells: list[tuple[object, ...]] = []
    for side, rows in _by_direction(followups).items():
        heading = side.replace("_", " ")
        for row in rows[:MOST_FOLLOWUPS]:
            days = timedelta(days=row["days_between"])
            date = began - days if side == "follows" else began + days
            cells.append((heading, row["story_id"][:9], f"{date:%Y-%m-%d}", headline(row["title"])))
            both = shown(row["shared_entities"]).plain
            cells.append(("", "", "", Text(f"both: {both}", style="dim")))
            heading = ""
        if len(rows) > MOST_FOLLOWUPS:
            cells.append(("", "", "", f"… and {len(rows) - MOST_FOLLOWUPS:,} more: --json"))
    if cells:
        out.print(grid(fitted(cells, 3, out.width - 2)))
