"""newsloom trace PATH|URL: everything that happened to one input."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from cli.output import console, grid, json_option, print_json, shown, warehouse_option, with_example
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
    out.print(Text.assemble(("Trace  ", "bold cyan"), shown(text).plain), style="bold")
    rows = (
        (row["seen_at"], Text(row["status"], style="bold"), _what(row), shown(row["run_id"]))
        for row in traced["items"]
    )
    out.print(grid(rows))
    article = traced["article"]
    if not article:
        return
    out.print()
    facts = [
        ("article", article["article_id"]),
        ("headline", article["title"] or "none"),
        ("source", article["source"]),
        ("address", article["canonical_url"] or article["url"]),
        ("published", article["published_at"]),
        ("language", f"{article['language']} ({article['language_confidence'] or 0:.2f})"),
        ("words", article["word_count"]),
        ("copy of", article["duplicate_of"]),
        ("story", article["story_id"]),
    ]
    out.print(grid(facts))
    if len(traced["revisions"]) > 1:
        out.print(Text("  revisions", style="dim"))
        out.print(
            grid(
                ((f"{r['revision']}", r["seen_at"], shown(r["title"], 60), f"{r['word_count']} words")
                 for r in traced["revisions"]),
                indent=4,
            )
        )  # fmt: skip


def _what(row: dict[str, Any]) -> Text:
    if row["reason"]:
        return shown(f"{row['reason']}: {row['detail']}", 90)
    return shown(f"{row['kind']}, revision {row['revision']}, {row['locator']}", 90)
