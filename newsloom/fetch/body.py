"""The body of an answer: unpacked while it streams, never larger than the limit."""

from collections.abc import Callable
from typing import IO

import httpcore
import httpx

from newsloom.errors import InputError
from newsloom.fetch.unpack import unpacker
from newsloom.vocabulary import Reason

_TAIL_BYTES = 1024
"""So close to its end a whole page closes its last element."""


async def read_body(
    response: httpx.Response, limit: int, setting: str, *, cut: bool = False
) -> bytes:
    """Return the unpacked body, or raise InputError (`too_large`, `fetch_failed`).

    setting: the name of the limit, for the message. cut: take what fits instead of refusing it.
    A body shorter than its Content-Length says passes where it is a whole HTML page all the same:
    servers do count wrong.
    """
    if not cut:
        refuse_length(response, limit, setting)
    unpack = unpacker(response.headers.get("content-encoding", ""))
    data = bytearray()
    try:
        async for piece in response.aiter_raw():
            for part in unpack.feed(piece):
                data += part[: limit - len(data) + 1]
                if len(data) > limit:
                    if cut:
                        return bytes(data[:limit])
                    raise too_large(limit, setting)
    except httpcore.RemoteProtocolError:
        if b"</html" not in data[-_TAIL_BYTES:].lower():
            raise
    unpack.finish()
    return bytes(data)


async def save_body(
    response: httpx.Response,
    file: IO[bytes],
    limit: int,
    setting: str,
    *,
    packed: bool,
    arrived: Callable[[int], None],
) -> None:
    """Write the body to a file. packed: as it comes, not unpacked. arrived: told of all bytes."""
    if packed or not response.headers.get("content-encoding"):
        refuse_length(response, limit, setting)
    unpack = unpacker("" if packed else response.headers.get("content-encoding", ""))
    size = came = 0
    async for piece in response.aiter_raw():
        came += len(piece)
        arrived(came)
        for part in unpack.feed(piece):
            size += len(part)
            if size > limit:
                raise too_large(limit, setting)
            file.write(part)
    unpack.finish()


def refuse_length(response: httpx.Response, limit: int, setting: str) -> None:
    """Raise InputError (`too_large`) where the server announces more than the limit."""
    declared = response.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > limit:
        raise too_large(limit, setting)


def too_large(limit: int, setting: str) -> InputError:
    """Return the error for what is larger than a setting allows."""
    return InputError(Reason.TOO_LARGE, f"The answer has over {limit} bytes ({setting}).")
