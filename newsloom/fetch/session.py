"""Many requests at once, in an event loop of their own."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx

from newsloom.fetch.body import read_body
from newsloom.fetch.client import Client, Visit
from newsloom.fetch.hosts import Hosts
from newsloom.fetch.messages import Answer, Request
from newsloom.fetch.sniff import page_type, refuse_type
from newsloom.fetch.transport import GuardedTransport
from newsloom.settings import FetchSettings

ACCEPT_PAGE = (
    "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.8,application/xml;q=0.7,*/*;q=0.1"
)
ACCEPT_LISTING = (
    "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,"
    "text/xml;q=0.9,application/json;q=0.8,text/html;q=0.7,*/*;q=0.5"
)
T = TypeVar("T")


def answers(requests: Sequence[Request], settings: FetchSettings, hosts: Hosts) -> list[Answer]:
    """Return an answer for each request, in their order."""

    async def all_of(client: Client) -> list[Answer]:
        return list(await asyncio.gather(*(_one(client, asked, settings) for asked in requests)))

    return in_a_loop(lambda: with_client(all_of, settings, hosts))


def in_a_loop(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run `work` in an event loop of its own, also where the caller is in one."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work())
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(work())).result()


async def with_client(
    work: Callable[[Client], Coroutine[Any, Any, T]], settings: FetchSettings, hosts: Hosts
) -> T:
    """Do some work with a client whose connections end with it."""
    async with GuardedTransport(settings) as transport:
        return await work(Client(settings, transport, hosts))


async def _one(client: Client, request: Request, settings: FetchSettings) -> Answer:
    if request.listing:
        return await client.answer(request, ACCEPT_LISTING, _listing(settings))
    return await client.answer(request, ACCEPT_PAGE, _page(settings))


def _page(settings: FetchSettings) -> Callable[[Visit, httpx.Response], Coroutine[Any, Any, None]]:
    async def take(visit: Visit, response: httpx.Response) -> None:
        declared = response.headers.get("content-type", "")
        refuse_type(declared)
        content = await read_body(response, settings.max_page_bytes, "fetch.max_page_bytes")
        visit.content, visit.content_type = content, page_type(content, declared)

    return take


def _listing(
    settings: FetchSettings,
) -> Callable[[Visit, httpx.Response], Coroutine[Any, Any, None]]:
    async def take(visit: Visit, response: httpx.Response) -> None:
        limit, name = settings.max_listing_bytes, "fetch.max_listing_bytes"
        visit.content = await read_body(response, limit, name)
        visit.content_type = response.headers.get("content-type") or None

    return take
