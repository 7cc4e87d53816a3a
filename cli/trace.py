"""newsloom trace URL|PATH|ID: everything that happened to one input."""

from itertools import accumulate, groupby
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
from cli.storyview import count, headline
from warehouse.history import history
from warehouse.published import Published

MOST_PLACES = 100
MOST_UNCHANGED = 3
"""Of more readings in a row that found nothing new, the first and the last are shown."""


@click.command("trace")
@click.argument("text", metavar="URL|PATH|ID")
@json_option
@warehouse_option
@with_example("newsloom trace seeds/000_d8b978c38b72a77d.txt\nnewsloom trace https://example.org/a")
def command(text: str, as_json: bool, warehouse: Path) -> int:
    """Show every event of an input, in order of time, from its discovery to its story.

    Takes a path or address as it was ingested, a row as path#12, an address that it led to, or an
    article's id: found through which feed or archive, fetched, rejected and why, each revision
    with what changed in it, copies, stories, removal.
    """
    with Published(warehouse) as news:
        traced = history(news, text)
    if as_json:
        print_json(traced)
    else:
        _print(console(), text, traced)
    return 0


def _print(out: Console, text: str, traced: dict[str, Any]) -> None:
    out.print(Text.assemble(("Trace  ", "bold cyan"), shown(text), style="bold"), soft_wrap=True)
    if len({row["article_id"] for row in traced["items"] if row["article_id"]}) > 1:
        _print_places(out, traced["events"])
        return
    events = _shortened(traced["events"])
    several = len({event["locator"] for event in events if event["locator"]}) > 1
    last = None if several else text
    # What became of an article later, such as a move to another story, has no place of its own.
    places = list(accumulate((event["locator"] for event in events), _latest))
    together = groupby(zip(places, events, strict=True), lambda line: (line[0], line[1]["run_id"]))
    for (locator, run), group in together:
        if locator and locator != last:
            out.print(Text.assemble("  ", (shown(locator).plain, "dim")), soft_wrap=True)
            last = locator
        lines = [event for _, event in group]
        out.print(grid(fitted(map(_line, lines), 2, out.width - 4), indent=4))
        out.print(Text(f"      run {run}", style="dim"))
        _print_details(out, lines)
    if traced["article"]:
        out.print()
        out.print(grid(_facts(traced["article"])))
    _print_revisions(out, traced["revisions"])


def _print_places(out: Console, events: list[dict[str, Any]]) -> None:
    """Print how each of the rows of a file, or what else is several articles, ended each time."""
    places: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        if event["event"] not in ("discovered", "fetched"):
            places.setdefault(event["locator"], []).append(event)
    for place, lines in list(places.items())[:MOST_PLACES]:
        out.print(Text.assemble("  ", (shown(place).plain, "dim")), soft_wrap=True)
        rows = [(*_line(event), Text(event["run_id"], style="dim")) for event in lines]
        out.print(grid(fitted(rows, 2, out.width - 4), indent=4))
        _print_details(out, lines[-1:])
    if len(places) > MOST_PLACES:
        out.print(f"  … and {len(places) - MOST_PLACES:,} more: --json", style="dim")


def _latest(before: str | None, locator: str | None) -> str | None:
    return locator or before


def _shortened(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the events, of many readings in a row without news only the first and the last."""
    shown_: list[dict[str, Any]] = []
    runs = [list(group) for _, group in groupby(events, lambda event: event["run_id"])]
    for quiet, group in groupby(runs, lambda run: run[-1]["event"] == "unchanged"):
        together = list(group)
        if quiet and len(together) > MOST_UNCHANGED:
            words = f"unchanged in {len(together) - 2:,} more runs"
            gap = {**together[1][-1], "event": "…", "what": words, "run_id": "–"}
            together = [together[0], [gap], together[-1]]
        shown_ += [event for run in together for event in run]
    return shown_


def _line(event: dict[str, Any]) -> tuple[object, ...]:
    return event["at"], Text(event["event"], style="bold"), event["what"]


def _print_details(out: Console, events: list[dict[str, Any]]) -> None:
    """Say in full what was wrong."""
    for event in events:
        if event.get("detail"):
            out.print(Padding(shown(event["detail"]), (0, 0, 0, 6)))


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
    if len(revisions) < 2:
        return
    out.print("  revisions", style="dim")
    for row in revisions:
        line = (row["revision"], row["seen_at"], headline(row["title"]),
                count(row["word_count"], "word"))  # fmt: skip
        out.print(grid(fitted([line], 2, out.width - 4), indent=4))
        for change in told(row):
            out.print(Padding(change, (0, 0, 0, 7)))
