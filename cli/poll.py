"""newsloom poll: look at the sources that are due."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from cli.bar import Bar
from cli.output import (
    console,
    fitted,
    json_option,
    listing,
    print_json,
    program,
    shown,
    span,
    warehouse_option,
    with_example,
)  # fmt: skip
from cli.report import as_dict, print_report
from cli.running import Where, running_options
from flows.poll import poll
from flows.progress import watched_by
from flows.report import Report
from newsloom import settings as settings_
from newsloom.sources import Source, load

MOST_LOOKS = 20


@click.command("poll")
@click.argument("names", nargs=-1, metavar="[NAME]…")
@running_options
@json_option
@warehouse_option
@with_example("newsloom poll\nnewsloom poll 'Example Gazette'")
def command(names: tuple[str, ...], where: Where, as_json: bool, warehouse: Path) -> int:
    """Look at the sources that are due, or at those named, and ingest what is new.

    Exit code 0: all could be read. 1: some sources failed, or items were rejected.
    """
    settings = settings_.load(where.settings_file)
    sources = load(where.settings_file)
    with Bar(quiet=as_json) as bar, watched_by(bar):
        if where.api(warehouse, bar) is not None:
            from flows.tracked import run_poll

            report = run_poll(names, warehouse, where.settings_file)
        else:
            report = poll(sources, warehouse, settings, only=names)
    failed = sum(1 for look in report.polls if look["outcome"] == "failed")
    if as_json:
        print_json(as_dict(report))
    else:
        _print(console(), report, sources, warehouse, bool(where.tracked))
    return 1 if failed or report.statuses["rejected"] else 0


def _print(
    out: Console, report: Report, sources: list[Source], warehouse: Path, tracked: bool
) -> None:
    if not report.run_id:
        if not sources:
            out.print(f"No sources yet. Add one: {program()} sources add URL")
        else:
            out.print(f"None of {len(sources):,} sources is due. See {program()} sources list")
        return
    _print_looks(out, report.polls)
    print_report(report, warehouse, tracked)


def _print_looks(out: Console, looks: list[dict[str, Any]]) -> None:
    right = {"justify": "right", "no_wrap": True}
    columns: dict[str, dict[str, Any]] = {
        "SOURCE": {}, "LOOK": {"no_wrap": True}, "ENTRIES": right, "NEW": right, "AGAIN": right,
        "NEXT": right,
    }  # fmt: skip
    # Failures first: they are what somebody should see.
    ordered = sorted(looks, key=lambda look: (look["outcome"] != "failed", -look["entries_new"]))
    rows = [
        (look["source"], _outcome(look), f"{look['entries']:,}", f"{look['entries_new']:,}",
         f"{look['entries_again']:,}",
         f"in {span((look['due_at'] - look['polled_at']).total_seconds())}")
        for look in ordered[:MOST_LOOKS]
    ]  # fmt: skip
    out.print(listing(columns, fitted(rows, 0, out.width, columns)))
    if len(looks) > MOST_LOOKS:
        out.print(f"… and {len(looks) - MOST_LOOKS:,} more sources", style="dim")


def _outcome(look: dict[str, Any]) -> Text:
    if look["outcome"] == "failed":
        return Text(look["reason"] or "failed", style="yellow")
    return shown(look["outcome"].replace("_", " "))
