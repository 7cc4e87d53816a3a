"""Packed streams unpacked in bounded pieces: gzip, bzip2, xz and zstandard, and no bombs.

A bomb is what grows out of proportion to the file that the user gave, however many archives and
members lie between: all that is unpacked out of one file draws on one budget.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from newsloom.discover.streams import CHUNK_BYTES
from newsloom.errors import InputError
from newsloom.vocabulary import Reason

BOMB_RATIO = 250
BOMB_FREE_BYTES = 200_000_000
"""Up to here any ratio passes: memory is bounded anyway, only time is at stake."""
MAX_WINDOW_BYTES = 1 << 27
"""What xz and zstandard may use of memory; their strongest usual settings need half of it."""

STEP_BYTES = 1 << 14
"""How much is given to a decoder at once; what follows a member's end in it is copied."""
ZSTANDARD_STEP_BYTES = 1024
"""How much is given to zstandard at once: it can grow 32,000-fold, which is 32 MB of memory."""

PACKINGS = (".gz", ".bz2", ".xz", ".zst")
BROKEN = (
    gzip.BadGzipFile, EOFError, lzma.LZMAError, zlib.error, zipfile.BadZipFile, tarfile.TarError,
)  # fmt: skip
"""What broken packed data raise, besides InputError and OSError."""


class Budget:
    """How much may still be unpacked out of one file."""

    def __init__(self, packed_bytes: Callable[[], int]) -> None:
        self._packed_bytes = packed_bytes
        self.spent = 0

    @property
    def exceeded(self) -> bool:
        """Tell whether more was unpacked than is likely of honest data."""
        return self.spent > max(BOMB_FREE_BYTES, BOMB_RATIO * self._packed_bytes())

    def spend(self, number: int) -> None:
        """Count bytes unpacked, or raise InputError (`malformed`) where it is too many."""
        self.spent += number
        if self.exceeded:
            raise InputError(
                Reason.MALFORMED,
                f"The packed data grow more than {BOMB_RATIO}-fold, like a decompression bomb; "
                "unpack the file yourself if it is genuine.",
            )


class Metered(io.RawIOBase):
    """A stream of unpacked bytes that draws on a budget; it cannot seek."""

    def __init__(self, inner: Any, budget: Budget) -> None:
        self._read = getattr(inner, "read1", inner.read)
        self._budget = budget

    def readable(self) -> bool:
        """Tell the buffer above that this stream reads."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Unpack at most as much as `buffer` holds."""
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self._budget.spend(len(data))
        return len(data)


def metered(inner: Any, budget: Budget) -> BinaryIO:
    """Return a buffered stream of what `inner` unpacks."""
    return buffered(Metered(inner, budget))


def unpacked(stream: BinaryIO, packing: str, budget: Budget) -> BinaryIO:
    """Return the content of a stream that is packed as its name's last suffix says."""
    return metered(_OPENERS[packing](stream), budget)


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """Return a raw stream with a buffer of the usual size."""
    return cast(BinaryIO, io.BufferedReader(raw, CHUNK_BYTES))


def _gzip(stream: BinaryIO) -> Any:
    return gzip.GzipFile(fileobj=stream, mode="rb")


def _zstandard(stream: BinaryIO) -> Any:
    # Only where there is such a file; and not the library's own reader, to which a file that was
    # cut off is one that ends.
    return _Stepwise(stream, _ZstandardDecoder, ZSTANDARD_STEP_BYTES)


class _ZstandardDecoder:
    """One frame, with the interface of bz2's and lzma's decoders."""

    def __init__(self) -> None:
        import zstandard

        self._error = zstandard.ZstdError
        self._inner = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES).decompressobj()
        self._ready = memoryview(b"")

    @property
    def needs_input(self) -> bool:
        """Tell whether all that was given is unpacked and taken."""
        return not self._ready

    @property
    def eof(self) -> bool:
        """Tell whether the frame ended and all of it is taken."""
        return self._inner.eof and not self._ready

    @property
    def unused_data(self) -> bytes:
        """What follows the frame."""
        return self._inner.unused_data

    def decompress(self, data: bytes, size: int) -> bytes:
        """Take more packed data, and give at most `size` bytes."""
        if data:
            try:
                self._ready = memoryview(self._inner.decompress(data))
            except self._error as error:
                raise ValueError(str(error)) from error
        piece, self._ready = bytes(self._ready[:size]), self._ready[size:]
        return piece


class _Stepwise:
    """Unpacks member after member, never more at a time than is asked for."""

    def __init__(
        self, stream: BinaryIO, new_decoder: Callable[[], Any], step_bytes: int = STEP_BYTES
    ) -> None:
        self._stream = stream
        self._step_bytes = step_bytes
        self._begun = False
        self._new_decoder = new_decoder
        self._decoder = new_decoder()
        self._rest = b""

    def read(self, size: int) -> bytes:
        """Unpack at most `size` bytes; b"" at the end only."""
        while True:
            if self._decoder.eof and not self._next_member():
                return b""
            data = self._more() if self._decoder.needs_input else b""
            if not data and self._decoder.needs_input:
                if self._begun:
                    raise EOFError("the data end too soon")
                return b""
            self._begun = True
            try:
                piece = bytes(self._decoder.decompress(data, size))
            except (OSError, ValueError) as error:
                raise EOFError(str(error)) from error
            if piece:
                return piece

    def _more(self) -> bytes:
        data, self._rest = self._rest, b""
        return data or self._stream.read(self._step_bytes)

    def _next_member(self) -> bool:
        """Start on the data after the end of a member; padding of zeros is no data."""
        rest = self._decoder.unused_data.lstrip(b"\0")
        while not rest and (more := self._stream.read(self._step_bytes)):
            rest = more.lstrip(b"\0")
        if not rest:
            return False
        self._decoder, self._rest = self._new_decoder(), rest
        return True


_OPENERS: dict[str, Callable[[BinaryIO], Any]] = {
    ".gz": _gzip,
    ".bz2": lambda stream: _Stepwise(stream, bz2.BZ2Decompressor),
    ".xz": lambda stream: _Stepwise(
        stream, lambda: lzma.LZMADecompressor(memlimit=MAX_WINDOW_BYTES)
    ),
    ".zst": _zstandard,
}
