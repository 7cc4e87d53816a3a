"""Unpacking what servers pack, in pieces of a bounded size, whatever the bytes claim."""

import zlib
from collections.abc import Iterator
from typing import Any, Protocol

from newsloom.errors import InputError
from newsloom.vocabulary import Reason

ENCODINGS = "gzip, deflate, br, zstd"
"""What is asked for; all can be unpacked in bounded pieces."""
PIECE_BYTES = 65_536
_ZSTD_SLICE_BYTES = 128
"""A zstd block of 4 bytes can become 128 KiB, and the decoder knows no limit: so it gets little at
a time, which makes at most 4 MiB."""
_ZSTD_WINDOW_BYTES = 8 * 1024 * 1024
"""The largest window that the web's standard allows (RFC 9659)."""
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


class Unpacker(Protocol):
    """Turns packed pieces into unpacked ones."""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """Yield what a piece becomes, bit by bit: it need not be taken to its end."""

    def finish(self) -> None:
        """Raise InputError (`fetch_failed`) where the packed data breaks off."""


def unpacker(encoding: str) -> Unpacker:
    """Return what unpacks a Content-Encoding; raises InputError (`fetch_failed`) for others."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _Plain()
    if name in ("gzip", "x-gzip", "deflate"):
        return _Zlib(raw_allowed=name == "deflate")
    if name == "br":
        return _Brotli()
    if name == "zstd":
        return _Zstd()
    raise InputError(
        Reason.FETCH_FAILED, f"The server packed its answer as {encoding[:40]!r}, unasked."
    )


class _Plain:
    def feed(self, piece: bytes) -> Iterator[bytes]:
        yield piece

    def finish(self) -> None:
        pass


class _Zlib:
    """gzip, of any number of members, and deflate."""

    def __init__(self, *, raw_allowed: bool) -> None:
        self._raw_allowed = raw_allowed
        self._decoder = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._started = self._padding = False
        self._held = b""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        if not self._started:
            # Two bytes tell whether there is a header.
            self._held = piece = self._held + piece
            if len(piece) < 2:
                return
        while piece and not self._padding:
            part = self._unpacked(piece)
            yield part
            piece = self._decoder.unconsumed_tail
            # It may have taken all of its input and still hold back what was over the limit.
            while part and not piece and not self._decoder.eof:
                part = self._unpacked(b"")
                yield part
            if self._decoder.eof:
                piece = self._decoder.unused_data
                # The next member, or padding, which servers do send.
                self._padding = bool(piece) and not piece.startswith(b"\x1f")
                if piece and not self._padding:
                    self._decoder = zlib.decompressobj(_GZIP_OR_ZLIB)

    def finish(self) -> None:
        if (self._started or self._held) and not self._decoder.eof:
            raise _breaks_off()

    def _unpacked(self, piece: bytes) -> bytes:
        first, self._started = not self._started, True
        try:
            return self._decoder.decompress(piece, PIECE_BYTES)
        except zlib.error as error:
            if not (first and self._raw_allowed):
                raise _broken(error) from error
        # Some servers send deflate without the zlib header that the standard asks for.
        self._decoder, self._raw_allowed = zlib.decompressobj(-zlib.MAX_WBITS), False
        return self._unpacked(piece)


class _Brotli:
    def __init__(self) -> None:
        import brotli  # type: ignore[import-untyped]  # only where a server uses it

        self._error: type[Exception] = brotli.error
        self._decoder: Any = brotli.Decompressor()
        self._started = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        self._started = self._started or bool(piece)
        if self._decoder.is_finished():
            return  # padding
        part = self._process(piece)
        # It calls itself ready for more while it still holds back what was over the limit.
        while part or not self._decoder.can_accept_more_data():
            yield part
            part = b"" if self._decoder.is_finished() else self._process(b"")

    def finish(self) -> None:
        if self._started and not self._decoder.is_finished():
            raise _breaks_off()

    def _process(self, piece: bytes) -> bytes:
        try:
            return bytes(self._decoder.process(piece, output_buffer_limit=PIECE_BYTES))
        except self._error as error:
            raise _broken(error) from error


class _Zstd:
    """zstd, of any number of frames."""

    def __init__(self) -> None:
        import zstandard  # only where a server uses it

        self._error: type[Exception] = zstandard.ZstdError
        self._made = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW_BYTES)
        self._decoder: Any = None
        self._started = False

    def feed(self, piece: bytes) -> Iterator[bytes]:
        for start in range(0, len(piece), _ZSTD_SLICE_BYTES):
            yield from self._slice(piece[start : start + _ZSTD_SLICE_BYTES])

    def _slice(self, piece: bytes) -> Iterator[bytes]:
        while piece:
            self._started = True
            self._decoder = self._decoder or self._made.decompressobj()
            try:
                yield bytes(self._decoder.decompress(piece))
            except self._error as error:
                raise _broken(error) from error
            piece = b""
            if self._decoder.eof:
                piece, self._decoder = self._decoder.unused_data, None

    def finish(self) -> None:
        if self._decoder is not None:
            raise _breaks_off()


def _breaks_off() -> InputError:
    return InputError(Reason.FETCH_FAILED, "The packed answer breaks off before its end.")


def _broken(error: Exception) -> InputError:
    return InputError(Reason.FETCH_FAILED, f"The packed answer is broken: {str(error)[:200]}.")
