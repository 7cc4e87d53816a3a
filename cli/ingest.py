"""newsloom ingest: read inputs into the warehouse, tracked by the orchestrator or directly."""

from pathlib import Path

import click

from cli.output import json_option, print_json, warehouse_option, with_example
from cli.report import as_dict, print_report
from cli.running import EXIT_REJECTS, run_flow, run_options
from flows.ingest import ingest
from newsloom import settings as settings_


@click.command("ingest")
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|URL|-…")
@click.option("--source", metavar="NAME", help="Name the source of everything read now.")
@run_options
@json_option
@warehouse_option
@with_example(
    "newsloom ingest seeds/\n"
    "newsloom ingest export.jsonl.gz https://example.org/news/1 --source agency\n"
    "cat article.txt | newsloom ingest -"
)
def command(
    inputs: tuple[str, ...],
    source: str | None,
    tracked: bool,
    direct: bool,
    settings_file: Path | None,
    as_json: bool,
    warehouse: Path,
) -> int:
    """Read files, folders, web pages or standard input ('-') into the warehouse.

    Reads texts and pages, PDF, Word and mail, rows (.jsonl .csv .parquet), saved feeds, archives
    (.warc .wacz .zip .tar), folders of these, web addresses, and object stores (s3://...).
    What cannot be used is kept as a reject with its reason; the rest goes on. Exit code 0: all
    inputs were used. 1: some were rejected. 2: nothing could be done.
    """
    settings = settings_.load(settings_file)
    report, was_tracked = run_flow(
        "ingest",
        {
            "inputs": list(inputs),
            "warehouse": str(warehouse),
            "source": source,
            "settings_file": str(settings_file) if settings_file else None,
        },
        warehouse,
        lambda: ingest(inputs, warehouse, settings, source=source),
        tracked=tracked,
        direct=direct,
        quiet=as_json,
    )
    print_json(as_dict(report)) if as_json else print_report(report, warehouse, was_tracked)
    return EXIT_REJECTS if report.statuses["rejected"] else 0
