"""Stages as tasks of the orchestrator, and the artifacts and events that a run leaves.

Nothing is cached or persisted: batches are passed in memory, and what was done already is the
warehouse's to know. The orchestrator must not hash tables, nor keep them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from prefect import task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.events import emit_event

from newsloom.plain import one_line
from tasks.stage import P, R, Stage

ITEMS_ARTIFACT = "items-by-status"
STORIES_ARTIFACT = "stories"


def as_task(stage: Stage[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a stage as a task run, with its name and its retries."""
    make: Any = task(
        name=stage.name,
        retries=stage.retries,
        retry_delay_seconds=stage.retry_delay_seconds,
        cache_policy=NO_CACHE,
        persist_result=False,
        log_prints=False,
    )
    result: R = make(stage.function)(*args, **kwargs)
    return result


async def leave_artifacts(
    statuses: Mapping[str, int], reasons: Mapping[str, int], stories: Sequence[Mapping[str, Any]]
) -> None:
    """Leave the tables of items by status and reason, and of the new and grown stories."""
    items = [{"status": status, "reason": "", "items": count} for status, count in statuses.items()]
    items += [
        {"status": "rejected", "reason": reason, "items": count}
        for reason, count in reasons.items()
    ]
    await acreate_table_artifact(
        table=items, key=ITEMS_ARTIFACT, description="Items of the run by status and reason"
    )
    await acreate_table_artifact(
        table=[dict(story) for story in stories],
        key=STORIES_ARTIFACT,
        description="Stories that the run made or that grew",
    )


def emit_change(warehouse: str, kind: str, incident: Mapping[str, Any]) -> None:
    """Emit that an incident opened, worsened, eased or recovered, for automations to act on.

    The resource is the check of the warehouse, or the source, run or flow that it is about.
    """
    names = (warehouse, str(incident["check"]), str(incident["subject"]))
    path = "/".join(one_line(name) for name in names if name)
    values = {name: value for name, value in incident.items() if value is not None}
    emit_event(
        event=f"newsloom.incident.{kind}",
        resource={
            "prefect.resource.id": f"newsloom.warehouse.{path}",
            "prefect.resource.name": one_line(f"{incident['title']} {incident['subject']}").strip(),
            "newsloom.status": str(incident["status"]),
        },
        payload={name: _plain(value) for name, value in values.items()},
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
