"""newsloom story ID: one story in full."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

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
from warehouse.published import Published

MOST_FOLLOWUPS = 3


@click.command("story")
@click.argument("story", metavar="ID")
@json_option
@warehouse_option
@with_example("newsloom story s1f0c2a9b")
def command(story: str, as_json: bool, warehouse: Path) -> int:
    """Show one story: its articles, what joined them, its entities, what it follows, its history.

    ID is the story's id or its first characters; a merged story leads to the one it went into.
    """
    with Published(warehouse) as news:
        story_id = news.find_story(story)
        history = news.rows("story_history", story=story_id)
        followups = news.rows("story_followups", story=story_id)
        facts = news.rows("story_facts", story=story_id)[0]
        if as_json:
            print_json(
                {
                    **facts,
                    "articles": news.rows("story_articles", story=story_id),
                    "links": news.rows("story_links", story=story_id, most=1000),
                    "entities": news.rows("story_entities", story=story_id),
                    **_by_direction(followups),
                    "history": history,
                    "translations": news.rows("translations", story=story_id),
                }
            )
            return 0
        out = console()
        print_story(out, news, story_id, full=True)
        _print_followups(out, facts["began_at"], followups)
        if history:
            out.print("  history", style="dim")
            out.print(grid(((row["happened_at"], _line(row)) for row in history), indent=4))
    return 0


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
