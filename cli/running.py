"""What commands that run a flow share: options, and whether the orchestrator tracks it."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from cli.bar import Bar
from flows.progress import watched_by
from flows.report import Report
from flows.where import configured_api, orchestrator_environment
from newsloom.alive import healthy, running_api
from newsloom.errors import UsageError

EXIT_REJECTS = 1
API_WAIT_SECONDS = 5.0

settings_option = click.option(
    "--settings", "settings_file", metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Settings file.  [default: newsloom.toml, if there]",
)  # fmt: skip
_tracked_option = click.option(
    "--tracked", is_flag=True, help="Run as a flow of the orchestrator, come what may."
)
_direct_option = click.option(
    "--direct", is_flag=True, help="Run without the orchestrator, even if it is up."
)


def run_options(function: Any) -> Any:
    """Add --tracked, --direct and --settings to a command."""
    return _tracked_option(_direct_option(settings_option(function)))


def run_flow(
    name: str,
    parameters: Mapping[str, Any],
    warehouse: Path,
    directly: Callable[[], Report],
    *,
    tracked: bool,
    direct: bool,
    quiet: bool,
) -> tuple[Report, bool]:
    """Run a flow, and return its report and whether it was tracked.

    name, parameters: the flow of flows.tracked and what it takes. directly: the same without the
    orchestrator. quiet: show no progress.
    """
    if tracked and direct:
        raise UsageError("--tracked and --direct exclude each other.", "Leave one of them out.")
    api = None if direct else configured_api(os.environ) or running_api(warehouse)
    with Bar(quiet=quiet) as bar, watched_by(bar):
        if tracked or api:
            return _tracked(name, parameters, warehouse, api, bar), True
        bar.say("Running directly: no orchestrator is up (newsloom up starts one).")
        return directly(), False


def _tracked(
    name: str, parameters: Mapping[str, Any], warehouse: Path, api: str | None, bar: Bar
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

    return run_tracked(name, parameters)
