"""The flows as the orchestrator runs them. Only this module and tasks/tracked.py import it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.runtime import flow_run

from flows import ingest as body
from flows.report import Report
from newsloom import settings as settings_
from newsloom.errors import NewsloomError
from tasks.tracked import as_task, leave_artifacts


@flow(name="ingest", persist_result=False, validate_parameters=True)
async def ingest(
    inputs: list[str],
    warehouse: str = "data",
    source: str | None = None,
    settings_file: str | None = None,
) -> dict[str, Any]:
    """Ingest files, folders and web pages into a warehouse folder.

    Returns the counts of items by status and by reason, and the run's id in the warehouse.
    """
    report = await _ingest(inputs, Path(warehouse), source, settings_file)
    return {
        "run_id": report.run_id,
        "items_found": report.items_found,
        "statuses": dict(report.statuses),
        "reasons": dict(report.reasons),
    }


async def _ingest(
    inputs: Sequence[str], warehouse: Path, source: str | None, settings_file: str | None
) -> Report:
    report = body.ingest(
        inputs,
        warehouse,
        settings_.load(Path(settings_file) if settings_file else None),
        source=source,
        call=as_task,
        prefect_run_id=str(flow_run.get_id() or ""),
    )
    stories = [change._asdict() for change in report.stories.values()]
    await leave_artifacts(report.statuses, report.reasons, stories)
    _last_reports.append(report)
    return report


# A flow's result must be plain data; the full report of this process's own run waits here.
_last_reports: list[Report] = []


def run_tracked(
    inputs: Sequence[str], warehouse: Path, source: str | None, settings_file: Path | None
) -> Report:
    """Run the flow in this process, tracked by the API that the environment names.

    Without one, the orchestrator starts a temporary server of its own.
    """
    settings = str(settings_file) if settings_file else None
    try:
        asyncio.run(ingest(list(inputs), str(warehouse), source, settings))
    except RuntimeError as error:
        if "ephemeral" not in str(error):
            raise
        raise NewsloomError(
            "The temporary orchestrator did not start in time.",
            "Try again, start a lasting one with newsloom up, or run with --direct.",
        ) from error
    return _last_reports.pop()
