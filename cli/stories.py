"""newsloom stories: the front page."""

import re
from pathlib import Path
from typing import Any

import click

from cli.output import (
    console,
    fitted,
    json_option,
    listing,
    print_json,
    warehouse_option,
    with_example,
)
from cli.storyview import headline
from newsloom.errors import UsageError
from warehouse.published import Published

_UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}
_DAY_SECONDS = 86400


@click.command("stories")
@click.option("--since", metavar="TIME",
              help="Only stories with articles first seen in this time: 90m, 24h, 7d.")  # fmt: skip
@click.option("--sort", type=click.Choice(["date", "size", "growth"]), default="date",
              show_default=True,
              help="By latest date, by articles, or by articles since then.")  # fmt: skip
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, metavar="N",
              help="Leave out stories with fewer articles.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N",
              help="Show at most so many.")  # fmt: skip
@json_option
@warehouse_option
@with_example("newsloom stories --since 24h --sort growth")
def command(
    since: str | None, sort: str, least: int, limit: int, as_json: bool, warehouse: Path
) -> int:
    """List the stories: articles that report the same event."""
    with Published(warehouse) as news:
        rows = news.rows(
            "stories",
            since_seconds=seconds_of(since) if since else _DAY_SECONDS,
            all_time=since is None,
            least=least,
            sort=sort,
            most=limit,
        )
    if as_json:
        print_json(rows)
        return 0
    out = console()
    if not rows:
        out.print("No story has so many articles here. Try --least 1, or a longer --since.")
        return 0
    columns: dict[str, dict[str, Any]] = {
        "STORY": {"style": "cyan"},
        "ARTICLES": {"justify": "right"},
        "SOURCES": {"justify": "right"},
        "LAST": {},
        "TITLE": {},
    }
    cells = (
        (
            row["story_id"][:9],
            row["article_count"],
            row["source_count"],
            _day(row),
            headline(row["title"]),
        )
        for row in rows
    )
    out.print(listing(columns, fitted(cells, 4, out.width, columns)))
    return 0


def _day(row: dict[str, object]) -> str:
    last = row["last_published_at"]
    return f"{last:%Y-%m-%d}" if last else "undated"


def seconds_of(text: str) -> int:
    """Return the seconds of a time such as 90m, 24h, 7d or 2w."""
    match = re.fullmatch(r"(\d{1,6})([mhdw])", text.strip().lower())
    if not match:
        raise UsageError(f"{text!r} is no length of time.", "Write it as 90m, 24h, 7d or 2w.")
    return int(match[1]) * _UNITS[match[2]]
