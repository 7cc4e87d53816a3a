"""newsloom story ID: one story in full."""

from pathlib import Path
from typing import Any

import click

from cli.output import console, grid, json_option, print_json, warehouse_option, with_example
from cli.storyview import count, print_story
from warehouse.published import Published


@click.command("story")
@click.argument("story", metavar="ID")
@json_option
@warehouse_option
@with_example("newsloom story s1f0c2a9b")
def command(story: str, as_json: bool, warehouse: Path) -> int:
    """Show one story: its articles, what joined them, its entities and its history.

    ID is the story's id or its first characters; a merged story leads to the one it went into.
    """
    with Published(warehouse) as news:
        story_id = news.find_story(story)
        history = news.rows("story_history", story=story_id)
        if as_json:
            print_json(
                {
                    **news.rows("story_facts", story=story_id)[0],
                    "articles": news.rows("story_articles", story=story_id),
                    "links": news.rows("story_links", story=story_id, most=1000),
                    "entities": news.rows("story_entities", story=story_id),
                    "history": history,
                    "translations": news.rows("translations", story=story_id),
                }
            )
            return 0
        out = console()
        print_story(out, news, story_id, full=True)
        if history:
            out.print("  history", style="dim")
            out.print(grid(((row["happened_at"], _line(row)) for row in history), indent=4))
    return 0


def _line(row: dict[str, Any]) -> str:
    other = f" ({row['other_story_id']})" if row["other_story_id"] else ""
    return f"{row['event']}{other}, {count(int(row['article_count']), 'article')}"
