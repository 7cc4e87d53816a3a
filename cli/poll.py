"""newsloom poll: look at the sources that are due."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from cli.output import (
    console,
    fitted,
    json_option,
    listing,
    print_json,
    program,
    shown,
    warehouse_option,
    whole_span,
    with_example,
)
from cli.report import as_dict, print_report
from cli.running import EXIT_REJECTS, run_flow, run_options
from flows.poll import due_now, poll
from flows.report import Report
from newsloom import settings as settings_
from newsloom.sources import load, named
from newsloom.vocabulary import PollOutcome

MOST_LOOKS = 20


@click.command("poll")
@click.argument("names", nargs=-1, metavar="[NAME]…")
@run_options
@json_option
@warehouse_option
@with_example("newsloom poll\nnewsloom poll 'Example Gazette'")
def command(
    names: tuple[str, ...],
    tracked: bool,
    direct: bool,
    settings_file: Path | None,
    as_json: bool,
    warehouse: Path,
) -> int:
    """Look at the sources that are due, or at those named, and ingest what is new.

    The sources are listed in newsloom.toml (newsloom sources add URL). Exit code 0: all could be
    read. 1: some sources failed, or items were rejected.
    """
    settings = settings_.load(settings_file)
    sources = load(settings_file)
    wanted = named(sources, names) if names else due_now(sources, warehouse)
    if not wanted:
        _say_nothing_due(len(sources), as_json)
        return 0
    report, was_tracked = run_flow(
        "poll",
        {
            "warehouse": str(warehouse),
            "names": list(names),
            "settings_file": str(settings_file) if settings_file else None,
        },
        warehouse,
        lambda: poll(sources, warehouse, settings, only=names),
        tracked=tracked,
        direct=direct,
        quiet=as_json,
    )
    if as_json:
        print_json(as_dict(report))
    elif report.run_id:
        _print_looks(console(), report.polls)
        print_report(report, warehouse, was_tracked, "Took up")
    else:
        console().print("Another poll of this warehouse is under way; it takes up what is due.")
    failed = any(look["outcome"] == PollOutcome.FAILED for look in report.polls)
    return EXIT_REJECTS if failed or report.statuses["rejected"] else 0


def _say_nothing_due(sources: int, as_json: bool) -> None:
    if as_json:
        print_json(as_dict(Report("", "")))
    elif not sources:
        console().print(f"No sources yet. Add one: {program()} sources add URL")
    else:
        console().print(f"None of {sources:,} sources is due. See: {program()} sources list")


def _print_looks(out: Console, looks: list[dict[str, Any]]) -> None:
    right = {"justify": "right", "no_wrap": True}
    columns: dict[str, dict[str, Any]] = {
        "SOURCE": {}, "LOOK": {"no_wrap": True}, "ENTRIES": right, "NEW": right, "AGAIN": right,
        "NEXT": right,
    }  # fmt: skip
    # Failures first: they are what somebody should see.
    ordered = sorted(
        looks, key=lambda look: (look["outcome"] != PollOutcome.FAILED, -look["entries_new"])
    )
    rows = [
        (look["source"], _outcome(look), f"{look['entries']:,}", f"{look['entries_new']:,}",
         f"{look['entries_again']:,}",
         f"in {whole_span((look['due_at'] - look['polled_at']).total_seconds())}")
        for look in ordered[:MOST_LOOKS]
    ]  # fmt: skip
    out.print(listing(columns, fitted(rows, 0, out.width, columns)))
    if len(looks) > MOST_LOOKS:
        out.print(f"… and {len(looks) - MOST_LOOKS:,} more sources", style="dim")


def _outcome(look: dict[str, Any]) -> Text:
    if look["outcome"] == PollOutcome.FAILED:
        return Text(look["reason"] or "failed", style="yellow")
    return shown(look["outcome"].replace("_", " "))
