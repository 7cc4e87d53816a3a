"""The finder of a backfill: the items of many files, each file from where it was left.

How far each file has been taken is written in the same commit as its items, so a run that is
killed at any instant has either both or neither.
"""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from newsloom.discover import Discovery
from newsloom.discover.batches import PAGE_BYTES
from newsloom.discover.walk import Shape, Step, walk
from newsloom.ids import digest
from newsloom.settings import Settings
from newsloom.vocabulary import Kind
from tasks.context import Context
from tasks.numbered import Numbered
from warehouse.commit import Commit
from warehouse.marks import Mark, marks, rows

FINISHED = "passed over: finished by an earlier backfill, and not changed since"
CONTINUED = "gone on with where an earlier backfill stopped"


class Source(NamedTuple):
    """One file of the backfill; an address or a problem has no fingerprint, and no marks."""

    path: str
    uri: str
    fingerprint: str | None
    size: int


class Files:
    """Iterate to get tables of schema.ITEM, filled up to the size of a batch across files.

    files: how many were passed over or gone on with, by what is said of them.
    bytes_done, bytes_total: of the files that are read in this run.
    """

    def __init__(
        self,
        context: Context,
        inputs: Sequence[str],
        settings: Settings,
        *,
        source: str | None = None,
        again: bool = False,
    ) -> None:
        self._context = context
        self._inputs = list(inputs)
        self._settings = settings
        self._name = source
        self._known = {} if again else marks(context.lake)
        self._made: dict[str, Mark] = {}
        self._reading: Discovery | None = None
        self._bytes_before = 0
        self._bytes_total: int | None = None
        self.files: Counter[str] = Counter()

    @property
    def bytes_done(self) -> int:
        """Bytes read so far, or passed over inside a file that was half done."""
        return self._bytes_before + (self._reading.bytes_done if self._reading else 0)

    @property
    def bytes_total(self) -> int | None:
        """Bytes of the files to read; the first use looks through the folders."""
        if self._bytes_total is None:
            todo = (source for source in self._sources() if not self._finished(source))
            self._bytes_total = sum(source.size for source in todo)
        return self._bytes_total or None

    def __iter__(self) -> Iterator[pa.Table]:
        limits = self._settings.ingest
        numbered = Numbered()
        waiting: list[tuple[Source, int, pa.Table]] = []
        for source, first, items in self._pieces():
            waiting.append((source, first, items))
            if _full(waiting, limits.batch_size, limits.batch_bytes):
                yield numbered.next(self._taken(waiting))
                waiting = []
        if waiting:
            yield numbered.next(self._taken(waiting))

    def note(self, writing: Commit) -> None:
        """Add the marks of what is in the commit, and of the files that ended before it."""
        writing.append("backfill_marks", rows(self._context.run_id, self._made.items()))
        self._made = {}

    def _taken(self, waiting: list[tuple[Source, int, pa.Table]]) -> pa.Table:
        """Return what has waited as one table, and mark its files as far as it goes."""
        for source, first, items in waiting:
            if first or not _only_problem(items):
                self._mark(source, first + items.num_rows, finished=False)
        return pa.concat_tables(items for _, _, items in waiting)

    def _mark(self, source: Source, items_done: int, *, finished: bool) -> None:
        if source.fingerprint is None:
            return
        before = self._made.get(source.uri)
        finished = finished or bool(before and before.finished)
        self._made[source.uri] = Mark(source.fingerprint, items_done, finished)

    def _pieces(self) -> Iterator[tuple[Source, int, pa.Table]]:
        """Yield items of one file each, with the number of that file's items before them.

        A piece never has more rows than fill up the batch it goes into.
        """
        room = size = max(1, self._settings.ingest.batch_size)
        for source in self._sources():
            if self._finished(source):
                self.files[FINISHED] += 1
                continue
            for first, items in self._read(source):
                at = 0
                while at < items.num_rows:
                    piece = items.slice(at, room)
                    yield source, first + at, piece
                    at += piece.num_rows
                    room = room - piece.num_rows or size

    def _read(self, source: Source) -> Iterator[tuple[int, pa.Table]]:
        """Yield the items of a file that are not in the warehouse yet."""
        skip = self._done(source)
        if skip:
            self.files[CONTINUED] += 1
        self._reading = Discovery([source.path], self._settings, source=self._name)
        first, alone = 0, True
        for items in self._reading:
            alone = alone and not first and _only_problem(items)
            rest = items.slice(max(0, skip - first))
            if rest.num_rows:
                yield first + items.num_rows - rest.num_rows, rest
            first += items.num_rows
        # A file that was one problem as a whole may be mended without a sign: it is tried again.
        if not alone:
            self._mark(source, first, finished=True)
        self._bytes_before += source.size
        self._reading = None

    def _sources(self) -> Iterator[Source]:
        for step in walk(self._inputs):
            yield _source(step)

    def _finished(self, source: Source) -> bool:
        mark = self._known.get(source.uri)
        return bool(mark and mark.finished and mark.fingerprint == source.fingerprint)

    def _done(self, source: Source) -> int:
        mark = self._known.get(source.uri)
        return mark.items_done if mark and mark.fingerprint == source.fingerprint else 0


def _source(step: Step) -> Source:
    if step.shape is not Shape.FILE:
        return Source(step.path, step.path, None, 0)
    try:
        status = os.stat(step.path)  # noqa: PTH116 - the path may hold undecodable bytes
    except OSError:
        return Source(step.path, step.path, None, 0)
    mark = digest("f", str(status.st_size), str(status.st_mtime_ns))
    uri = Path(os.path.realpath(step.path)).as_uri()
    return Source(step.path, uri, mark, status.st_size)


def _only_problem(items: pa.Table) -> bool:
    """Tell whether a reading consists of one reject."""
    return bool(items.num_rows == 1 and items["reason"].null_count == 0)


def _full(waiting: list[tuple[Source, int, pa.Table]], rows: int, size: int) -> bool:
    tables = [items for _, _, items in waiting]
    return sum(t.num_rows for t in tables) >= max(1, rows) or sum(map(_weight, tables)) >= size


def _weight(items: pa.Table) -> int:
    pages = pc.and_(pc.equal(items["kind"], Kind.PAGE.value), pc.is_null(items["fetched_at"]))
    content = pc.sum(pc.binary_length(items["content"])).as_py() or 0
    return int(content) + PAGE_BYTES * (pc.sum(pages).as_py() or 0)
