"""Just enough HTTP/1.1 for a server that can also break every rule of it."""

import asyncio
import datetime
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.utils import format_datetime
from http import HTTPStatus

Headers = dict[str, str]


@dataclass
class Ask:
    """A request: `host` is the address that was connected to, `path` and `query` what for."""

    host: str
    port: int
    path: str
    query: dict[str, str]
    headers: Headers
    body: bytes
    times: int = 1
    """How often the very same was asked of the host, this time included."""

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"


@dataclass
class Reply:
    """An answer. `raw` pieces, where there are any, are sent as they are in place of it all."""

    body: bytes = b""
    status: int = 200
    headers: Headers = field(default_factory=dict)
    raw: AsyncIterator[bytes] | None = None

    def head(self) -> bytes:
        """Return status line and headers; a header whose value is empty is left out."""
        defaults = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(self.body)),
        }
        return head(self.status, defaults | self.headers)


def head(status: int, headers: Headers) -> bytes:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Odd"
    lines = [f"HTTP/1.1 {status} {phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items() if value]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def http_date(moment: datetime.datetime) -> str:
    return format_datetime(moment.replace(tzinfo=datetime.UTC), usegmt=True)


async def read_request(reader: asyncio.StreamReader) -> tuple[str, Headers, bytes] | None:
    """Return target, headers by lower-case name, and body; None where the client hung up."""
    try:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        return None
    headers = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        if name:
            headers[name.strip().lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return lines[0].split(" ")[1], headers, body
