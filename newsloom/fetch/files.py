"""Downloads: files of any size, into a temporary file."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

import httpx

from newsloom.errors import InputError
from newsloom.fetch.body import save_body
from newsloom.fetch.client import Client, Visit
from newsloom.fetch.hosts import Hosts
from newsloom.fetch.messages import Answer, Request
from newsloom.fetch.session import in_a_loop, with_client
from newsloom.settings import FetchSettings
from newsloom.vocabulary import Reason

MIN_BYTES_PER_SECOND = 10_000
"""A file that comes slower than this for longer than a page may take is given up."""
_PACKED_NAMES = (".gz", ".tgz", ".gzip", ".br", ".zst")


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was fetched: `stream` is seekable, at its start, and gone after the `with`."""

    stream: IO[bytes]
    size: int
    content_type: str | None
    final_url: str


@contextmanager
def download(url: str, settings: FetchSettings, hosts: Hosts) -> Iterator[Download]:
    """Fetch a file, as politely and guarded as a page. Raises InputError with the reason if not."""
    with tempfile.TemporaryFile(prefix="newsloom-") as file:
        answer = in_a_loop(
            lambda: with_client(lambda client: _saved(client, url, file, settings), settings, hosts)
        )
        if answer.reason is not None:
            raise InputError(answer.reason, answer.detail or "")
        size = file.seek(0, 2)
        file.seek(0)
        yield Download(file, size, answer.content_type, answer.final_url)


async def _saved(client: Client, url: str, file: IO[bytes], settings: FetchSettings) -> Answer:
    async def take(visit: Visit, response: httpx.Response) -> None:
        # Some servers call a packed file a page that they have packed for the way.
        packed = urlsplit(visit.url).path.lower().endswith(_PACKED_NAMES)
        try:
            visit.content_type = response.headers.get("content-type") or None
            await save_body(
                response, file, settings.max_file_bytes, "fetch.max_file_bytes",
                packed=packed, arrived=_patient(visit),
            )  # fmt: skip
        except OSError as error:  # a full disk, say; what the network does is no OSError here
            raise InputError(
                Reason.UNREADABLE, f"The temporary file cannot be written: {error.strerror}."
            ) from error

    return await client.answer(Request(url), "*/*", take)


def _patient(visit: Visit) -> Callable[[int], None]:
    """Return what puts off the end of a visit as its bytes arrive, and forbids to start over."""
    limit = visit.limit
    until = limit.when() if limit else None
    visit.started = True

    def arrived(size: int) -> None:
        if limit and until is not None:
            limit.reschedule(until + size / MIN_BYTES_PER_SECOND)

    return arrived
