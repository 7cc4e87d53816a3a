"""newsloom ingest: read inputs into the warehouse, tracked by the orchestrator or directly."""

import os
from pathlib import Path

import click

from cli.bar import Bar
from cli.output import json_option, print_json, warehouse_option, with_example
from cli.report import as_dict, print_report
from flows.ingest import ingest
from flows.progress import watched_by
from flows.report import Report
from flows.where import configured_api, healthy, orchestrator_environment, running_api
from newsloom import settings as settings_
from newsloom.errors import UsageError

EXIT_REJECTS = 1
API_WAIT_SECONDS = 5.0


@click.command("ingest")
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|URL|-…")
@click.option("--source", metavar="NAME", help="Name the source of everything read now.")
@click.option("--tracked", is_flag=True, help="Run as a flow of the orchestrator, come what may.")
@click.option("--direct", is_flag=True, help="Run without the orchestrator, even if it is up.")
@click.option("--settings", "settings_file", metavar="FILE",
              type=click.Path(path_type=Path, dir_okay=False),
              help="Settings file.  [default: newsloom.toml, if there]")  # fmt: skip
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
    if tracked and direct:
        raise UsageError("--tracked and --direct exclude each other.", "Leave one of them out.")
    settings = settings_.load(settings_file)
    api = None if direct else configured_api(os.environ) or running_api(warehouse)
    with Bar(quiet=as_json) as bar, watched_by(bar):
        if tracked or api:
            report = _tracked(inputs, warehouse, source, settings_file, api, bar)
        else:
            bar.say("Running directly: no orchestrator is up (newsloom up starts one).")
            report = ingest(inputs, warehouse, settings, source=source)
    print_json(as_dict(report)) if as_json else print_report(
        report, warehouse, bool(tracked or api)
    )
    return EXIT_REJECTS if report.statuses["rejected"] else 0


def _tracked(
    inputs: tuple[str, ...],
    warehouse: Path,
    source: str | None,
    settings_file: Path | None,
    api: str | None,
    bar: Bar,
) -> Report:
    """Run as a flow: on the API that is there, else on a temporary server of the orchestrator."""
    # These must stand before the orchestrator is imported.
    os.environ.update(orchestrator_environment(warehouse.absolute(), os.environ))
    Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
    if api:
        if not healthy(api, API_WAIT_SECONDS):
            raise UsageError(
                f"The orchestrator at {api} does not answer.",
                "Start it, or run without it: add --direct.",
            )
        os.environ["PREFECT_API_URL"] = api
        bar.say(f"Tracked by the orchestrator at {api}.")
    else:
        bar.say("Tracked: starting a temporary orchestrator, which takes some seconds …")
    from flows.tracked import run_tracked

    return run_tracked(inputs, warehouse, source, settings_file)
