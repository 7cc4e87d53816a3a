"""Discovery: inputs in, batches of items out, everything that is wrong with them included."""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa

from newsloom.discover.addresses import checked, looks_like_url, without_secrets
from newsloom.discover.batches import batches
from newsloom.discover.found import Found, printable
from newsloom.discover.opening import items_of, read, unknown_type
from newsloom.discover.origin import Origin
from newsloom.discover.packing import Budget, buffered
from newsloom.discover.readers import format_of
from newsloom.discover.readers.stdin import read_stdin
from newsloom.discover.remote import opened
from newsloom.discover.streams import Counted, open_regular
from newsloom.discover.walk import Shape, Step, problem_of, walk
from newsloom.errors import InputError
from newsloom.settings import Settings
from newsloom.vocabulary import Kind


class Discovery:
    """Iterate to get tables of schema.ITEM; read the attributes meanwhile to show progress.

    inputs: paths of files and folders, addresses of pages, of data files and of object stores, '-'
    for standard input.
    source: the name that the user gives to all of them, instead of one derived from the path.
    stdin: read in place of the process's standard input.

    bytes_done, bytes_total: of the files, packed ones as packed; the total is None where it
    cannot be known (standard input) or says nothing (addresses only).
    items_found: so far.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        settings: Settings,
        *,
        source: str | None = None,
        stdin: BinaryIO | None = None,
    ) -> None:
        self._inputs = list(inputs)
        self._settings = settings
        self._limits = settings.ingest
        self._source = printable(source) if source else None
        self._stdin = stdin
        self._finished_bytes = 0
        self._current: tuple[Counted, int | None] | None = None
        self._total: int | None = None
        self._total_known = False
        self.items_found = 0

    def __iter__(self) -> Iterator[pa.Table]:
        self._finished_bytes, self.items_found = 0, 0
        return batches(self._items(), self._limits, self._source)

    @property
    def bytes_done(self) -> int:
        """Bytes read or passed over so far."""
        if self._current is None:
            return self._finished_bytes
        counted, size = self._current
        return self._finished_bytes + (counted.count if size is None else min(counted.count, size))

    @property
    def bytes_total(self) -> int | None:
        """Bytes of all files; the first use looks through the folders."""
        if not self._total_known:
            self._total, self._total_known = self._measured(), True
        return self._total

    def _measured(self) -> int | None:
        total = 0
        for step in walk(self._inputs):
            if step.shape is Shape.STDIN:
                return None
            total += _size(step)
        return total or None

    def _items(self) -> Iterator[Found]:
        for step in walk(self._inputs):
            for item in self._step(step):
                self.items_found += 1
                yield item

    def _step(self, step: Step) -> Iterator[Found]:
        if step.shape is Shape.STDIN:
            yield from self._standard_input()
        elif step.shape is Shape.URL:
            yield _page(step.path)
        elif step.shape is Shape.REMOTE:
            yield from self._remote(step.path)
        elif step.error is not None:
            yield _problem(step.path, Kind.INPUT, step.error)
        else:
            yield from self._file(step.path)

    def _standard_input(self) -> Iterator[Found]:
        counted = Counted(cast(BinaryIO, self._stdin or sys.stdin.buffer), owned=False)
        self._current = (counted, None)
        stream = buffered(counted)
        origin = Origin("-", "stdin:", stream, None, self._limits, "stdin", "stdin")
        yield from read(origin, read_stdin, Kind.TEXT)
        self._finished_bytes, self._current = self.bytes_done, None

    def _file(self, path: str) -> Iterator[Found]:
        format_, _ = format_of(path)
        try:
            if format_ is None:
                raise unknown_type()
            raw, size = open_regular(path)
        except (OSError, InputError) as error:
            known = error if isinstance(error, InputError) else problem_of(error)
            yield _problem(path, format_.kind if format_ else Kind.INPUT, known)
            self._finished_bytes += _size(Step(Shape.FILE, path))
            return
        real = Path(os.path.realpath(path))
        folder = printable(real.parent.name) or None
        yield from self._content(
            path, raw, size, locator=printable(path), uri=real.as_uri(), folder=folder
        )

    def _remote(self, address: str) -> Iterator[Found]:
        """Yield what is in a file of a store, or of the web."""
        safe = printable(without_secrets(address.strip()))
        try:
            with opened(address, self._settings) as file:
                yield from self._content(
                    file.name, file.stream, file.size,
                    locator=safe, uri=file.uri, folder=_folder_of(safe),
                )  # fmt: skip
        except InputError as error:
            yield Found(safe, Kind.INPUT, safe, reason=error.reason, detail=error.detail)

    def _content(
        self, name: str, raw: BinaryIO | io.RawIOBase, size: int | None, *,
        locator: str, uri: str, folder: str | None,
    ) -> Iterator[Found]:  # fmt: skip
        with Counted(raw) as counted:
            self._current = (counted, size)
            budget = Budget(lambda: size or counted.count)
            yield from items_of(
                name, buffered(counted), size,
                locator=locator, uri=uri, limits=self._limits, folder=folder, budget=budget,
            )  # fmt: skip
        done = self._finished_bytes + (counted.count if size is None else size)
        self._finished_bytes, self._current = done, None


def _page(url: str) -> Found:
    safe = printable(without_secrets(url.strip()))
    try:
        return Found(safe, Kind.PAGE, checked(url))
    except InputError as error:
        return Found(safe, Kind.PAGE, safe, reason=error.reason, detail=error.detail)


def _problem(path: str, kind: Kind, error: InputError) -> Found:
    uri = printable(path) if "\0" in path else Path(os.path.realpath(path)).as_uri()
    return Found(printable(path), kind, uri, reason=error.reason, detail=printable(error.detail))


def _folder_of(address: str) -> str | None:
    """Return what stands before the file's name: a folder, a bucket or a host."""
    return address.rstrip("/").rpartition("/")[0].rpartition("/")[2] or None


def _size(step: Step) -> int:
    if step.shape is not Shape.FILE or looks_like_url(step.path):
        return 0
    try:
        return os.stat(step.path).st_size  # noqa: PTH116 - the path may hold undecodable bytes
    except OSError:
        return 0
