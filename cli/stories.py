"""newsloom stories: the front page."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from cli.output import console, json_option, print_json, shown, warehouse_option, with_example
from cli.since import moment
from cli.storyview import headline
from warehouse.published import Published

DEFAULT_GROWTH = timedelta(days=1)
"""Growth is counted from so long ago where --since is not given."""
LATELY = timedelta(days=2)
"""A beginning within this time is shown to the minute."""

_NEW, _ARTICLES, _SOURCES = 6, 10, 10
_GUTTER = _NEW + _ARTICLES + _SOURCES + 2  # holds an id and 'seen 2024-03-01' as well
_ID = 9
_ORDER = {
    "date": "latest first",
    "size": "most articles first",
    "growth": "most new articles first",
}


@click.command("stories")
@click.option("--since", metavar="TIME",
              help="Only stories with articles first seen since: 90m, 24h, 7d, or a date such as "
                   "2024-03-01 or 2024-03-01T18:00 (UTC).")  # fmt: skip
@click.option("--sort", type=click.Choice(list(_ORDER)), default="date",
              show_default=True,
              help="By latest date, by articles, or by articles new since then (without --since, "
                   "of the last 24 hours).")  # fmt: skip
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, metavar="N",
              help="Leave out stories with fewer articles.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N",
              help="Show at most so many.")  # fmt: skip
@json_option
@warehouse_option
@with_example(
    "newsloom stories --since 24h --sort growth\nnewsloom stories --since 2024-03-01 --json"
)
def command(
    since: str | None, sort: str, least: int, limit: int, as_json: bool, warehouse: Path
) -> int:
    """List the stories: articles that report the same event.

    NEW counts the articles first seen since TIME, or in the last 24 hours.
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    start = moment(since, now) if since else now - DEFAULT_GROWTH
    with Published(warehouse) as news:
        rows = news.rows(
            "stories", since=start, all_time=since is None, least=least, sort=sort, most=limit
        )
    if as_json:
        print_json([{k: v for k, v in row.items() if k != "names"} for row in rows])
        return 0
    out = console()
    if not rows:
        out.print("No story has so many articles here. Try --least 1, or an earlier --since.")
        return 0
    _print(out, rows, now, _about(sort, start if since else None))
    return 0


def _about(sort: str, start: datetime | None) -> str:
    which = f"Stories with articles new since {start:%Y-%m-%d %H:%M}" if start else "Stories"
    return f"{which}, {_ORDER[sort]}"


def _print(out: Console, rows: list[dict[str, Any]], now: datetime, about: str) -> None:
    """Print two lines a story: counts and title, then id, beginning, places and names."""
    out.print(about, style="dim")
    out.print()
    _line(out, _counts("NEW", "ARTICLES", "SOURCES"), Text("TITLE"), "bold", "bold")
    _line(out, Text("STORY      BEGAN"), Text("COUNTRIES AND NAMES"), "bold", "bold")
    for row in rows:
        new = f"+{row['growth']:,}" if row["growth"] else "·"
        counts = _counts(new, f"{row['article_count']:,}", f"{row['source_count']:,}")
        name = f"{row['story_id'][:_ID]:<{_ID}}"
        began = Text.assemble((name, "cyan"), (f"  {_began(row, now)}", "dim"))
        out.print()
        _line(out, counts, headline(row["title"]), "", "bold")
        _line(out, began, _who_and_where(row), "", "dim")


def _line(out: Console, left: Text, right: Text, left_style: str, right_style: str) -> None:
    """Print one line: the gutter, then a text that is cut to what room is left."""
    left.stylize(left_style)
    left.pad_right(max(_GUTTER - left.cell_len, 0))
    right.stylize(right_style)
    right.truncate(max(out.width - _GUTTER, 1), overflow="ellipsis")
    out.print(Text.assemble(left, right))


def _counts(new: str, articles: str, sources: str) -> Text:
    return Text(f"{new:>{_NEW}}{articles:>{_ARTICLES}}{sources:>{_SOURCES}}")


def _began(row: dict[str, Any], now: datetime) -> str:
    """Return when a story began; 'seen' where no article is dated."""
    began: datetime = row["began_at"]
    if row["began_from"] != "published":
        return f"seen {began:%Y-%m-%d}"
    if now - LATELY < began <= now and (began.hour or began.minute):
        return f"{began:%b %d %H:%M}"
    return f"{began:%Y-%m-%d}"


def _who_and_where(row: dict[str, Any]) -> Text:
    names = ", ".join(row["names"])
    return shown(" · ".join(part for part in (" ".join(row["top_countries"]), names) if part))
