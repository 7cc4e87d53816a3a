"""newsloom remove URL|ID…: articles taken out on request."""

import sys
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
from cli.running import settings_option
from cli.storyview import count
from flows.remove import Plan, plan, remove
from newsloom import settings as settings_
from newsloom.errors import UsageError

MOST_COPIES = 5


@click.command("remove")
@click.argument("texts", nargs=-1, required=True, metavar="URL|ID|PATH…")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for the record.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@settings_option
@json_option
@warehouse_option
@with_example('newsloom remove https://example.org/news/1 --reason "asked for"')
def command(
    texts: tuple[str, ...],
    reason: str,
    yes: bool,
    settings_file: Path | None,
    as_json: bool,
    warehouse: Path,
) -> int:
    """Take articles out on request, for ever: no ingest, replay or backfill brings them back.

    An article goes with all of its revisions and with what was rejected at its addresses; copies
    of it elsewhere stay, unless they are named too. An address that is not known yet stays out
    from now on. Shows what will go, and asks.
    """
    settings = settings_.load(settings_file)
    if not reason.strip():
        raise UsageError("The reason is empty.", "Say why, for the record: --reason TEXT")
    found = plan(warehouse, texts)
    if not as_json:
        _print(console(), found)
    if not yes and not _agreed(as_json):
        console().print("Nothing was removed.")
        return 0
    done = remove(warehouse, settings, texts, reason.strip())
    if as_json:
        print_json(_as_dict(found, done.run_id, done.articles, reason.strip()))
    else:
        console().print(f"Removed {count(len(done.articles), 'article')} (run {done.run_id}).")
    return 0


def _agreed(as_json: bool) -> bool:
    if as_json or not sys.stdin.isatty():
        raise UsageError("Nothing was removed: there is nobody to ask.", "Add --yes.")
    return click.confirm("Remove for ever?")


def _print(out: Console, found: Plan) -> None:
    """Show what will go, what stays, and what only stays out from now on."""
    out.print(Text(f"To remove: {count(len(found.articles), 'article')}", style="bold"))
    rows = [
        (row["article_id"][:9], shown(row["headline"]), row["source"], row["published_at"])
        for row in found.articles
    ]
    if rows:
        out.print(grid(fitted(rows, 1, out.width - 2)))
    for row in found.articles:
        if row["copies"]:
            out.print(_copies(row), soft_wrap=True)
    here = {row["article_id"] for row in found.articles}
    for target in found.targets:
        if here.isdisjoint(target.articles):
            known = found.removed_before.intersection(target.articles)
            words = "was removed before" if known else "is not here yet; it stays out from now on"
            out.print(Text.assemble("  ", shown(target.text), f" {words}"), soft_wrap=True)


def _copies(row: dict[str, Any]) -> Text:
    ids = [copy[:9] for copy in row["copies"]]
    more = f" and {len(ids) - MOST_COPIES:,} more" if len(ids) > MOST_COPIES else ""
    listed = f"{', '.join(ids[:MOST_COPIES])}{more}"
    return Text(f"  Copies of {row['article_id'][:9]} that stay: {listed}", style="dim")


def _as_dict(
    found: Plan, run_id: str, articles: list[dict[str, Any]], reason: str
) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "reason": reason,
        "articles": articles,
        "targets": [target._asdict() for target in found.targets],
        "removed_before": sorted(found.removed_before),
    }
