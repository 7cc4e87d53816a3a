"""The finder of a replay: the rejects that stand, as items once more."""

from collections import Counter
from collections.abc import Iterator

import pyarrow as pa

from newsloom import clock
from newsloom.discover.batches import PAGE_BYTES
from newsloom.schema import ITEM
from newsloom.settings import Settings
from tasks.numbered import Numbered
from tasks.replay.files import files
from tasks.replay.items import item
from tasks.replay.plan import Choice, Planned, Way, plan
from warehouse import rejected
from warehouse.query import Queryable


class Rejected:
    """Iterate to get tables of schema.ITEM. What cannot be tried again stays as it is.

    left_alone: how many of these there were, by what is said of them.
    bytes_done, bytes_total: progress counts rejects, not bytes, as most have none.
    """

    def __init__(self, source: Queryable, settings: Settings, choice: Choice) -> None:
        self._source = source
        self._settings = settings
        rows = rejected.listed(source, choice.reasons, choice.since_utc(), choice.limit)
        self._planned = [plan(row, choice) for row in rows]
        self.left_alone = Counter(p.way.value for p in self._planned if not p.way.tried)
        self.bytes_total: int | None = len(self._planned)
        self.bytes_done = self.left_alone.total()

    def __iter__(self) -> Iterator[pa.Table]:
        numbered = Numbered()
        for batch in self._batches():
            yield numbered.next(self._items(batch))
            self.bytes_done += len(batch)
        again = [planned for planned in self._planned if planned.way is Way.FILE]
        for file in files(again, self._settings):
            for items in file:
                if items.num_rows:
                    yield numbered.next(items)
            self.left_alone.update(Way.NOT_INSIDE.value for _ in file.missing)

    def _batches(self) -> Iterator[list[Planned]]:
        """Yield the rejects that need no file, as many as go into one commit."""
        limits = self._settings.ingest
        batch: list[Planned] = []
        size = 0
        for planned in self._planned:
            if planned.way in (Way.CONTENT, Way.FETCH):
                batch.append(planned)
                size += planned.row["kept"] + PAGE_BYTES * (planned.way is Way.FETCH)
                if len(batch) >= max(1, limits.batch_size) or size >= limits.batch_bytes:
                    yield batch
                    batch, size = [], 0
        if batch:
            yield batch

    def _items(self, batch: list[Planned]) -> pa.Table:
        kept = rejected.payloads(self._source, [planned.row["item_id"] for planned in batch])
        found = {"ordinal": 0, "discovered_at": clock.now()}
        rows = [
            item(planned, kept.get(planned.row["item_id"]), self._settings.ingest) | found
            for planned in batch
        ]
        return pa.Table.from_pylist(rows, schema=ITEM)
