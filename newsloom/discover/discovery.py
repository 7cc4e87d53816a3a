"""Discovery: inputs in, batches of items out, everything that is wrong with them included."""

import io
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from gzip import BadGzipFile
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa

from newsloom.discover.addresses import checked, looks_like_url, without_secrets
from newsloom.discover.batches import batches
from newsloom.discover.found import Found, printable
from newsloom.discover.origin import Origin, Reader
from newsloom.discover.readers import format_of, known_suffixes
from newsloom.discover.readers.stdin import read_stdin
from newsloom.discover.streams import CHUNK_BYTES, Counted, Unpacked, open_regular, stem_of
from newsloom.discover.walk import Shape, Step, problem_of, walk
from newsloom.errors import InputError
from newsloom.settings import Settings
from newsloom.vocabulary import Kind, Reason


class Discovery:
    """Iterate to get tables of schema.ITEM; read the attributes meanwhile to show progress.

    inputs: paths of files and folders, http(s) addresses, '-' for standard input.
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
        elif step.error is not None:
            yield _problem(step.path, Kind.INPUT, step.error)
        else:
            yield from self._file(step.path)

    def _standard_input(self) -> Iterator[Found]:
        counted = Counted(cast(BinaryIO, self._stdin or sys.stdin.buffer), owned=False)
        self._current = (counted, None)
        stream = _buffered(counted)
        origin = Origin("-", "stdin:", stream, None, self._limits, "stdin", "stdin")
        yield from _read(origin, read_stdin, Kind.TEXT)
        self._finished_bytes, self._current = self.bytes_done, None

    def _file(self, path: str) -> Iterator[Found]:
        format_, packed = format_of(path)
        try:
            if format_ is None:
                raise _unknown_type()
            raw, size = open_regular(path)
        except (OSError, InputError) as error:
            known = error if isinstance(error, InputError) else problem_of(error)
            yield _problem(path, format_.kind if format_ else Kind.INPUT, known)
            self._finished_bytes += _size(Step(Shape.FILE, path))
            return
        with Counted(raw) as counted:
            self._current = (counted, size)
            origin = self._origin(path, counted, None if packed else size, packed)
            yield from _read(origin, format_.read, format_.kind)
        self._finished_bytes, self._current = self._finished_bytes + size, None

    def _origin(self, path: str, counted: Counted, size: int | None, packed: bool) -> Origin:
        stream = _buffered(counted)
        if packed:
            stream = _buffered(Unpacked(stream, counted))
        real = Path(os.path.realpath(path))
        folder, stem = printable(real.parent.name) or None, printable(stem_of(path)) or None
        return Origin(printable(path), real.as_uri(), stream, size, self._limits, folder, stem)


def _buffered(raw: io.RawIOBase) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(raw, CHUNK_BYTES))


def _read(origin: Origin, read: Reader, kind: Kind) -> Iterator[Found]:
    """Yield what a reader finds; whatever stops it becomes one more item."""
    found = 0
    try:
        for item in read(origin):
            found += 1
            yield item
        if not found:
            raise InputError(Reason.NOTHING_USABLE, "The file has no rows.")
    except InputError as error:
        yield origin.reject(_kind_of(error, kind), error)
    except (BadGzipFile, EOFError, zlib.error) as error:
        text = f"The gzip data are broken or cut off: {error}. Make the file again."
        yield origin.reject(kind, InputError(Reason.MALFORMED, text))
    except OSError as error:
        yield origin.reject(kind, problem_of(error))
    except Exception as error:  # a defect in one reader must not end the run
        text = f"{type(error).__name__}: {printable(str(error))[:500]}"
        yield origin.reject(kind, InputError(Reason.INTERNAL, text))


def _kind_of(error: InputError, kind: Kind) -> Kind:
    return Kind.INPUT if error.reason is Reason.NOTHING_USABLE else kind


def _page(url: str) -> Found:
    safe = printable(without_secrets(url.strip()))
    try:
        return Found(safe, Kind.PAGE, checked(url))
    except InputError as error:
        return Found(safe, Kind.PAGE, safe, reason=error.reason, detail=error.detail)


def _problem(path: str, kind: Kind, error: InputError) -> Found:
    uri = printable(path) if "\0" in path else Path(os.path.realpath(path)).as_uri()
    return Found(printable(path), kind, uri, reason=error.reason, detail=printable(error.detail))


def _unknown_type() -> InputError:
    return InputError(
        Reason.UNKNOWN_TYPE, f"Newsloom reads {known_suffixes()}; convert the file to one of these."
    )


def _size(step: Step) -> int:
    if step.shape is not Shape.FILE or looks_like_url(step.path):
        return 0
    try:
        return os.stat(step.path).st_size  # noqa: PTH116 - the path may hold undecodable bytes
    except OSError:
        return 0
