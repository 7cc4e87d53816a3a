"""The events of a run: every commit carries one, which is also its sign of life."""

import os
import platform
from collections.abc import Callable

import pyarrow as pa

from newsloom.alive import is_gone
from newsloom.vocabulary import RunStatus
from tasks.context import Context, utc_now
from warehouse.commit import Commit, commit


def start(context: Context, flow: str, inputs: list[str]) -> None:
    """Write that a run has begun, and which others were killed, as a commit of its own."""
    with commit(context.lake) as writing:
        _note_killed(context, writing)
        note(
            context,
            writing,
            RunStatus.RUNNING,
            0,
            flow=flow,
            inputs=inputs,
            prefect_run_id=context.prefect_run_id,
            host=platform.node(),
            pid=os.getpid(),
        )


def _note_killed(context: Context, writing: Commit) -> None:
    """Mark the runs that can never say themselves that they have ended.

    Should one be alive after all, its next event says so, and counts: the last one does.
    """
    rows = context.lake.query(_UNDER_WAY).to_pylist()
    gone = [row["run_id"] for row in rows
            if is_gone(row["host"], row["pid"], row["last_event_at"])]  # fmt: skip
    events = [{"run_id": run_id, "happened_at": utc_now(), "status": RunStatus.KILLED.value,
               "items_found": 0, "stages": []} for run_id in gone]  # fmt: skip
    if events:
        writing.append("run_events", pa.Table.from_pylist(events, schema=_RUN_EVENT))


_UNDER_WAY = """
    SELECT run_id, arg_min(host, commit_id) AS host, arg_min(pid, commit_id) AS pid,
           max(happened_at) AS last_event_at
    FROM facts.run_events
    GROUP BY run_id
    HAVING arg_max(status, commit_id) = 'running' AND host IS NOT NULL AND pid IS NOT NULL
"""


def end(
    context: Context,
    status: RunStatus,
    items_found: int,
    error: str | None = None,
    *,
    also: Callable[[Commit], None] | None = None,
) -> None:
    """Write how a run ended, as a commit of its own; `also` adds to it."""
    with commit(context.lake) as writing:
        if also is not None:
            also(writing)
        note(context, writing, status, items_found, error=error)


def note(
    context: Context, writing: Commit, status: RunStatus, items_found: int, **more: object
) -> None:
    """Add a run event to a commit, with the stage timings and news of hosts since the last one."""
    row = {
        "run_id": context.run_id,
        "happened_at": utc_now(),
        "status": status.value,
        "items_found": items_found,
        "stages": context.take_timings(),
        **more,
    }
    writing.append("run_events", pa.Table.from_pylist([row], schema=_RUN_EVENT))
    writing.append("hosts", context.hosts.changes())


_RUN_EVENT = pa.schema(
    [
        ("run_id", pa.string()),
        ("happened_at", pa.timestamp("us")),
        ("status", pa.string()),
        ("flow", pa.string()),
        ("inputs", pa.list_(pa.string())),
        ("items_found", pa.int64()),
        (
            "stages",
            pa.list_(
                pa.struct(
                    [
                        ("stage", pa.string()),
                        ("rows_in", pa.int64()),
                        ("rows_out", pa.int64()),
                        ("seconds", pa.float64()),
                    ]
                )
            ),
        ),
        ("prefect_run_id", pa.string()),
        ("host", pa.string()),
        ("pid", pa.int32()),
        ("error", pa.string()),
    ]
)
