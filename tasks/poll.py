"""Polling: the lists of the sources that are due, and the entries in them to take up.

A poll is written down after the entries that it found: whoever is killed in between looks again,
and finds the entries known. What a source lists again and again becomes no item each time: only
what is new, what is listed otherwise than before, and what is due for another look.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from newsloom.discover.batches import batches
from newsloom.discover.found import Found
from newsloom.fetch import host_of
from newsloom.sources import Look, Source, next_look
from newsloom.sources.reading import chosen, item
from tasks.context import Context
from tasks.entries import Takings, taken_up, to_revisit
from tasks.lists import Listed, look_at
from tasks.numbered import Numbered
from tasks.standing import standings
from warehouse import polling
from warehouse.commit import Commit

AT_ONCE = 100
"""Sources whose lists are fetched together: many hosts, so that none has to be waited for."""


class Polling:
    """Iterate to get the items of the sources' lists, batch by batch; see flows/run.py.

    listed: all sources, for the warehouse to know. wanted: those to look at now.
    """

    bytes_done = 0
    bytes_total = None

    def __init__(
        self, context: Context, listed: Sequence[Source], wanted: Sequence[Source]
    ) -> None:
        self.context = context
        self.wanted = wanted
        self.active = {source.name for source in listed if not source.paused}
        self.standing = standings(context.lake, wanted)
        self.unwritten: list[dict[str, Any]] = []
        self.settings: pa.Table | None = polling.changed_settings(
            context.lake, [_as_row(source) for source in listed]
        )
        self.looks: list[dict[str, Any]] = []
        """The rows of `polls` so far, for a report."""

    def __iter__(self) -> Iterator[pa.Table]:
        numbered = Numbered()
        for start in range(0, len(self.wanted), AT_ONCE):
            group = self.wanted[start : start + AT_ONCE]
            found, rows = self._look(group)
            for table in batches(found, self.context.settings.ingest, None):
                yield numbered.next(table)
            # Only now: the items of these looks are in the warehouse.
            self.unwritten += rows
            self.looks += rows

    def note(self, writing: Commit) -> None:
        """Write the looks whose items are written, and what the settings say of the sources."""
        writing.append("polls", pa.Table.from_pylist(self.unwritten, schema=polling.POLL))
        self.unwritten = []
        if self.settings is not None:
            writing.append("source_settings", self.settings)
            self.settings = None

    def _look(self, group: Sequence[Source]) -> tuple[list[Found], list[dict[str, Any]]]:
        """Return the items of a group of sources, and the rows of `polls` about them."""
        context = self.context
        for source in group:
            if source.delay_seconds:
                context.hosts.set_delay(host_of(source.address), source.delay_seconds)
        listed = look_at(context, group, self.standing)
        offered = {
            source.name: [
                item(entry, source)
                for entry, _ in chosen(looked.entries, source, looked.at, context.settings.poll)
            ]
            for source, looked in zip(group, listed, strict=True)
        }
        takings = taken_up(context, group, offered, self.active)
        found = [f for source in group for f in takings[source.name].items]
        found += to_revisit(
            context, group, {f.uri for some in offered.values() for f in some}, self.active
        )
        rows = [
            self._row(source, looked, takings[source.name])
            for source, looked in zip(group, listed, strict=True)
        ]
        return found, rows

    def _row(self, source: Source, looked: Listed, takings: Takings) -> dict[str, Any]:
        look = Look(
            looked.at, len(looked.entries), takings.new, looked.reason,
            self.context.hosts.of(source.address).ready_at,
        )  # fmt: skip
        due = next_look(source, self.standing[source.name].due, look, self.context.settings.poll)
        return {
            "run_id": self.context.run_id,
            "source": source.name,
            "address": source.address,
            "polled_at": looked.at,
            "outcome": str(looked.outcome),
            "reason": looked.reason,
            "detail": looked.detail,
            "http_status": looked.http_status,
            "conditional": looked.conditional,
            # What was left for the next look must be listed then, changed or not.
            "etag": None if takings.cut else looked.etag,
            "last_modified": None if takings.cut else looked.last_modified,
            "content_hash": looked.content_hash,
            "entries": len(looked.entries),
            "entries_new": takings.new,
            "entries_again": takings.again,
            "newest_entry_at": looked.newest_at,
            "failures": due.failures,
            "failure_weight": due.failure_weight,
            "interval_seconds": due.interval_seconds,
            "due_at": due.at,
        }


def _as_row(source: Source) -> dict[str, Any]:
    values = asdict(source) | {"source": source.name, "tags": list(source.tags)}
    empty = {name: values[name] or None for name in ("language", "country")}
    return {name: (values | empty)[name] for name in polling.SETTING_NAMES}
