"""The body of an answer: unpacked while it streams, never larger than the limit."""

import zlib

import httpx

from newsloom.errors import InputError
from newsloom.vocabulary import Reason

ENCODINGS = "gzip, deflate"
"""What is asked for; both can be unpacked in bounded pieces."""

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


async def read_body(response: httpx.Response, limit: int) -> bytes:
    """Return the unpacked body, or raise InputError (`too_large`, `fetch_failed`)."""
    declared = response.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > limit:
        raise _too_large(limit)
    unpacker = _unpacker(response.headers.get("content-encoding", ""), limit)
    async for piece in response.aiter_raw():
        unpacker.feed(piece)
    return unpacker.finish()


class _Plain:
    """Collects pieces up to the limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._data = bytearray()

    def feed(self, piece: bytes) -> None:
        self._add(piece)

    def finish(self) -> bytes:
        return bytes(self._data)

    @property
    def _room(self) -> int:
        return self._limit - len(self._data) + 1

    def _add(self, piece: bytes) -> None:
        self._data += piece[: self._room]
        if len(self._data) > self._limit:
            raise _too_large(self._limit)


class _Packed(_Plain):
    """Unpacks gzip and deflate, never more at a time than there is room for."""

    def __init__(self, limit: int, *, raw_allowed: bool) -> None:
        super().__init__(limit)
        self._raw_allowed = raw_allowed
        self._decoder = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._started = False

    def feed(self, piece: bytes) -> None:
        while piece:
            self._add(self._unpacked(piece))
            # What did not fit into the room, or the next member of a gzip stream.
            piece = self._decoder.unconsumed_tail
            if self._decoder.eof:
                piece = self._decoder.unused_data
                if not piece.startswith(b"\x1f\x8b"):
                    return  # padding, which servers do send
                self._decoder = zlib.decompressobj(_GZIP_OR_ZLIB)

    def finish(self) -> bytes:
        if self._started and not self._decoder.eof:
            raise InputError(Reason.FETCH_FAILED, "The packed answer breaks off before its end.")
        return super().finish()

    def _unpacked(self, piece: bytes) -> bytes:
        first, self._started = not self._started, True
        try:
            return self._decoder.decompress(piece, self._room)
        except zlib.error as error:
            if not (first and self._raw_allowed):
                raise InputError(
                    Reason.FETCH_FAILED, f"The packed answer is broken: {error}."
                ) from error
        # Some servers send deflate without the zlib header that the standard asks for.
        self._decoder, self._raw_allowed = zlib.decompressobj(-zlib.MAX_WBITS), False
        return self._unpacked(piece)


def _unpacker(encoding: str, limit: int) -> _Plain:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _Plain(limit)
    if name in ("gzip", "x-gzip", "deflate"):
        return _Packed(limit, raw_allowed=name == "deflate")
    raise InputError(
        Reason.FETCH_FAILED, f"The server packed its answer as {encoding[:40]!r}, unasked."
    )


def _too_large(limit: int) -> InputError:
    return InputError(Reason.TOO_LARGE, f"The page has over {limit} bytes (fetch.max_page_bytes).")
