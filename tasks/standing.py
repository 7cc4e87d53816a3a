"""How sources stand: which are due, and what their servers last sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from newsloom.sources import Due, Source
from newsloom.sources.schedule import NEVER
from newsloom.sources.source import MOST_SECONDS
from warehouse import polling
from warehouse.query import Queryable


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source stands: when it is due, and what its server last sent."""

    due: Due = NEVER
    outcome: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    conditional: int = 0
    """Looks since the last one that asked for the whole list."""
    whole_at: datetime | None = None
    """When that was."""


def standings(warehouse: Queryable, sources: Iterable[Source]) -> dict[str, Standing]:
    """Return how each source stands; one whose address has changed starts anew."""
    looks = polling.last_looks(warehouse)
    return {source.name: _standing(looks.get((source.name, source.address))) for source in sources}


def _standing(row: Mapping[str, Any] | None) -> Standing:
    if row is None:
        return Standing()
    due = Due(row["interval_seconds"], row["due_at"], row["failures"], row["failure_weight"])
    kept = ("outcome", "etag", "last_modified", "conditional", "whole_at")
    return Standing(due, **{name: row[name] for name in kept})


def due(sources: Iterable[Source], standing: Mapping[str, Standing], at: datetime) -> list[Source]:
    """Return the sources that are due, the longest overdue first."""
    # No wait is longer than a month: what lies beyond was written while a clock was wrong.
    latest = at + timedelta(seconds=MOST_SECONDS) + timedelta(days=1)
    wanted = [
        source
        for source in sources
        if not source.paused and not at < standing[source.name].due.at <= latest
    ]
    return sorted(wanted, key=lambda source: (standing[source.name].due.at, source.name))
