"""Streams of bytes that never block, never grow in memory and always know how far they are."""

import io
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from newsloom.errors import InputError
from newsloom.vocabulary import Reason

CHUNK_BYTES = 1 << 18
SPOOLED_IN_MEMORY_BYTES = 1 << 24
MAX_SPOOLED_BYTES = 2_000_000_000
"""What is copied out of an archive, where it has to be read back and forth."""
_NOT_FILES = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a folder"),
)


class Counted(io.RawIOBase):
    """A raw stream that counts what is read through it."""

    def __init__(self, inner: BinaryIO | io.RawIOBase, *, owned: bool = True) -> None:
        self._inner = inner
        self._owned = owned
        self.count = 0

    def readable(self) -> bool:
        """Tell the buffer above that this stream reads."""
        return True

    def seekable(self) -> bool:
        """Tell whether the stream below can seek: Parquet needs it."""
        return self._inner.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move; counts nothing."""
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        """Return the position in the stream below."""
        return self._inner.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read what is there, at most as much as `buffer` holds."""
        # readinto1 of a buffered stream returns what a pipe has instead of waiting for more.
        read = getattr(self._inner, "readinto1", None) or self._inner.readinto  # type: ignore[union-attr]
        number = cast(int, read(buffer) or 0)
        self.count += number
        return number

    def close(self) -> None:
        """Close the stream below too, if it was opened here."""
        if self._owned and not self.closed:
            self._inner.close()
        super().close()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a stream; `whole` is False where it was longer than the limit."""

    number: int
    data: bytes
    whole: bool = True


def open_regular(path: str) -> tuple[io.FileIO, int]:
    """Open a regular file and return it with its size; never waits for a pipe or a device.

    Raises OSError, or InputError for what is not a file.
    """
    _refuse_special(os.stat(path).st_mode)  # noqa: PTH116 - the path may hold undecodable bytes
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    try:
        status = os.fstat(descriptor)  # it may have been replaced since
        _refuse_special(status.st_mode)
        return io.FileIO(descriptor, "rb"), status.st_size
    except BaseException:
        os.close(descriptor)
        raise


def read_at_most(stream: BinaryIO, limit: int) -> bytes:
    """Read to the end, or to one byte past `limit`."""
    pieces: list[bytes] = []
    left = limit + 1
    while left > 0 and (piece := stream.read(min(left, CHUNK_BYTES))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def lines(stream: BinaryIO, limit: int) -> Iterator[Line]:
    """Yield the lines of a stream; of a line over `limit` bytes only the beginning is kept."""
    number = 0
    while data := stream.readline(limit + 2):
        number += 1
        whole = data.endswith(b"\n") or len(data) <= limit + 1
        if not whole:
            _skip_line(stream)
        yield Line(number, data.rstrip(b"\r\n"), whole)


def _skip_line(stream: BinaryIO) -> None:
    while (piece := stream.readline(CHUNK_BYTES)) and not piece.endswith(b"\n"):
        pass


def _refuse_special(mode: int) -> None:
    name = next((name for test, name in _NOT_FILES if test(mode)), None)
    if name:
        raise InputError(
            Reason.UNREADABLE,
            f"This is {name}, not a file; to read from a pipe, give '-' and pipe into newsloom.",
        )


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Yield a stream that can seek: the same one, or a temporary copy of its rest.

    Raises InputError (`too_large`) where the copy would take too much of the disk.
    """
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=SPOOLED_IN_MEMORY_BYTES) as copy:
        while piece := stream.read(CHUNK_BYTES):
            copy.write(piece)
            if copy.tell() > MAX_SPOOLED_BYTES:
                raise InputError(
                    Reason.TOO_LARGE,
                    f"This file inside an archive has over {MAX_SPOOLED_BYTES} bytes and would "
                    "have to be copied out of it; unpack the archive yourself.",
                )
        copy.seek(0)
        yield cast(BinaryIO, copy)
