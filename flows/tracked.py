"""The flows as the orchestrator runs them. Only this module and tasks/tracked.py import it."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.runtime import flow_run

from flows import backfill as backfill_
from flows import ingest as ingest_
from flows import monitor as monitor_
from flows import poll as poll_
from flows import replay as replay_
from flows.report import Report
from newsloom import settings as settings_
from newsloom import sources
from newsloom.errors import NewsloomError
from tasks.tracked import as_task, emit_change, leave_artifacts

Result = dict[str, Any]


@flow(name="ingest", persist_result=False, validate_parameters=True)
async def ingest(
    inputs: list[str],
    warehouse: str = "data",
    source: str | None = None,
    settings_file: str | None = None,
) -> Result:
    """Ingest files, folders and web pages into a warehouse folder.

    Returns the counts of items by status and by reason, and the run's id in the warehouse.
    """
    report = ingest_.ingest(
        inputs, Path(warehouse), _settings(settings_file), source=source, **_as_run()
    )
    return await _ended(report)


@flow(name="replay", persist_result=False, validate_parameters=True)
async def replay(
    warehouse: str = "data",
    reasons: list[str] | None = None,
    since: datetime | None = None,
    limit: int | None = None,
    refetch: bool = False,
    settings_file: str | None = None,
) -> Result:
    """Run the rejects of a warehouse folder through today's code.

    since: UTC. Returns what `ingest` returns.
    """
    chosen = replay_.Choice(tuple(reasons or ()), since, limit, refetch)
    report = replay_.replay(Path(warehouse), _settings(settings_file), chosen, **_as_run())
    return await _ended(report)


@flow(name="backfill", persist_result=False, validate_parameters=True)
async def backfill(
    inputs: list[str],
    warehouse: str = "data",
    source: str | None = None,
    again: bool = False,
    settings_file: str | None = None,
) -> Result:
    """Take folders of archives into a warehouse folder, going on where the last run stopped.

    Returns what `ingest` returns.
    """
    report = backfill_.backfill(
        inputs, Path(warehouse), _settings(settings_file), source=source, again=again, **_as_run()
    )
    return await _ended(report)


@flow(name="poll", persist_result=False, validate_parameters=True)
async def poll(
    warehouse: str = "data",
    names: list[str] | None = None,
    settings_file: str | None = None,
) -> Result:
    """Look at the sources of newsloom.toml that are due, or at those named, and ingest what is new.

    Returns what `ingest` returns; the run's id is empty where nothing was due.
    """
    listed = sources.load(Path(settings_file) if settings_file else None)
    report = poll_.poll(
        listed, Path(warehouse), _settings(settings_file), only=names or (), **_as_run()
    )
    return await _ended(report)


@flow(name="monitor", persist_result=False, validate_parameters=True)
async def monitor(warehouse: str = "data", settings_file: str | None = None) -> Result:
    """Examine a warehouse folder, tell what is to be told, and emit an event for each change.

    Returns the status, the changes and the deliveries.
    """
    report = monitor_.monitor(Path(warehouse), _settings(settings_file))
    for change in report.changes:
        emit_change(report.warehouse, str(change.kind), change.incident.as_dict())
    result: Result = json.loads(json.dumps(report.as_dict(), default=str))
    return result


def _settings(file: str | None) -> settings_.Settings:
    return settings_.load(Path(file) if file else None)


def _as_run() -> dict[str, Any]:
    """Return what makes a body run its stages as tasks of the present flow run."""
    return {"call": as_task, "prefect_run_id": str(flow_run.get_id() or "")}


async def _ended(report: Report) -> Result:
    """Leave the artifacts of a run, and return its result."""
    stories = [change._asdict() for change in report.stories.values()]
    await leave_artifacts(report.statuses, report.reasons, stories)
    _last_reports.append(report)
    return {
        "run_id": report.run_id,
        "items_found": report.items_found,
        "statuses": dict(report.statuses),
        "reasons": dict(report.reasons),
    }


# A flow's result must be plain data; the full report of this process's own run waits here.
_last_reports: list[Report] = []

_FLOWS = {"ingest": ingest, "poll": poll, "replay": replay, "backfill": backfill}


def run_tracked(name: str, parameters: Mapping[str, Any]) -> Report:
    """Run a flow in this process, tracked by the API that the environment names.

    Without one, the orchestrator starts a temporary server of its own.
    """
    run: Any = _FLOWS[name]
    try:
        asyncio.run(run(**parameters))
    except RuntimeError as error:
        if "ephemeral" not in str(error):
            raise
        raise NewsloomError(
            "The temporary orchestrator did not start in time.",
            "Try again, start a lasting one with newsloom up, or run with --direct.",
        ) from error
    return _last_reports.pop()
