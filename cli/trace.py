"""newsloom trace PATH|URL: everything that happened to one input."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
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
from cli.storyview import count, headline
from newsloom.errors import UsageError
from warehouse.published import Published


@click.command("trace")
@click.argument("text", metavar="PATH|URL")
@json_option
@warehouse_option
@with_example("newsloom trace seeds/000_d8b978c38b72a77d.txt\nnewsloom trace https://example.org/a")
def command(text: str, as_json: bool, warehouse: Path) -> int:
    """Show every event of an input, from its discovery to its story.

    Takes a path or URL as it was ingested, a row as path#12, or an article's id.
    """
    with Published(warehouse) as news:
        traced = _trace(news, text)
    if as_json:
        print_json(traced)
    else:
        _print(console(), text, traced)
    return 0


def _trace(news: Published, text: str) -> dict[str, Any]:
    path = str(Path(text).absolute())
    try:
        article: str | None = news.find_article(text)
    except UsageError:
        article = None
    items = news.rows("trace_items", text=text, path=path, article=article)
    if not items:
        raise UsageError(
            f"Nothing named {text!r} was ever ingested here.",
            'See what was with: newsloom sql "SELECT locator, status FROM items"',
        )
    return {
        "items": items,
        "article": news.rows("article", article=article)[0] if article else None,
        "revisions": news.rows("trace_revisions", article=article) if article else [],
        "memberships": news.rows("trace_memberships", article=article) if article else [],
    }


def _print(out: Console, text: str, traced: dict[str, Any]) -> None:
    out.print(Text.assemble(("Trace  ", "bold cyan"), shown(text), style="bold"), soft_wrap=True)
    by_place: dict[str, list[dict[str, Any]]] = {}
    for row in traced["items"]:
        by_place.setdefault(row["locator"], []).append(row)
    for locator, rows in by_place.items():
        if len(by_place) > 1 or locator != text:
            out.print(Text.assemble("  ", (shown(locator).plain, "dim")), soft_wrap=True)
        out.print(grid(fitted(map(_event, rows), 2, out.width - 4), indent=4))
        _print_details(out, rows)
    if traced["article"]:
        out.print()
        out.print(grid(_facts(traced["article"])))
    if len(traced["revisions"]) > 1:
        _print_revisions(out, traced["revisions"])


def _event(row: dict[str, Any]) -> tuple[object, ...]:
    what = row["reason"] or f"{row['kind']}, revision {row['revision'] or '–'}"
    return row["seen_at"], Text(row["status"], style="bold"), what, row["run_id"]


def _print_details(out: Console, rows: list[dict[str, Any]]) -> None:
    """Say in full what was wrong with the latest rejected reading."""
    details = [row["detail"] for row in rows if row["detail"]]
    if details:
        out.print(Padding(shown(details[-1]), (0, 0, 0, 4)))


def _facts(article: dict[str, Any]) -> list[tuple[str, object]]:
    facts = [
        ("article", article["article_id"]),
        ("headline", headline(article["title"])),
        ("source", article["source"]),
        ("address", article["canonical_url"] or article["url"]),
        ("published", article["published_at"] or "undated"),
        ("language", f"{article['language']} ({article['language_confidence'] or 0:.2f})"),
        ("words", article["word_count"]),
        ("copy of", article["duplicate_of"]),
        ("story", article["story_id"]),
    ]
    return [(name, value) for name, value in facts if value is not None]


def _print_revisions(out: Console, revisions: list[dict[str, Any]]) -> None:
    rows = [
        (row["revision"], row["seen_at"], headline(row["title"]), count(row["word_count"], "word"))
        for row in revisions
    ]
    out.print("  revisions", style="dim")
    out.print(grid(fitted(rows, 2, out.width - 4), indent=4))
