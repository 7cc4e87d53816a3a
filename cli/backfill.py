"""newsloom backfill FOLDER|FILE…: archives, resumed where the last run stopped."""

from pathlib import Path

import click

from cli.output import json_option, print_json, warehouse_option, with_example
from cli.report import as_dict, print_report
from cli.running import EXIT_REJECTS, run_flow, run_options
from flows.backfill import backfill
from newsloom import settings as settings_


@click.command("backfill")
@click.argument("inputs", nargs=-1, required=True, metavar="FOLDER|FILE…")
@click.option("--source", metavar="NAME", help="Name the source of everything read now.")
@click.option("--again", is_flag=True, help="Read files that are finished once more, too.")
@run_options
@json_option
@warehouse_option
@with_example("newsloom backfill /archives/2019/")
def command(
    inputs: tuple[str, ...],
    source: str | None,
    again: bool,
    tracked: bool,
    direct: bool,
    settings_file: Path | None,
    as_json: bool,
    warehouse: Path,
) -> int:
    """Read folders of archives, going on where the last run stopped.

    Reads what `ingest` reads. How far each file was taken is kept with its articles: after an
    interruption of any kind, the same command goes on in the middle of the file. Finished files
    are passed over until they change.
    """
    settings = settings_.load(settings_file)
    report, was_tracked = run_flow(
        "backfill",
        {
            "inputs": list(inputs),
            "warehouse": str(warehouse),
            "source": source,
            "again": again,
            "settings_file": str(settings_file) if settings_file else None,
        },
        warehouse,
        lambda: backfill(inputs, warehouse, settings, source=source, again=again),
        tracked=tracked,
        direct=direct,
        quiet=as_json,
    )
    if as_json:
        print_json(as_dict(report))
    else:
        print_report(report, warehouse, was_tracked, "Backfilled")
    return EXIT_REJECTS if report.statuses["rejected"] else 0
