"""Asking hosts for their robots.txt (RFC 9309), before anything else is asked of them.

A 4xx answer means that everything is allowed; an error of the server, that nothing is for now. No
setting turns this off: who may read a site's pages anyhow hands them in as files.
"""

import asyncio
import datetime
from collections import defaultdict
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from newsloom import clock
from newsloom.errors import InputError
from newsloom.fetch.body import read_body
from newsloom.fetch.faults import FAULTS, Unreached, fault, passing
from newsloom.fetch.hosts import Down, Host, Hosts, host_of
from newsloom.fetch.pace import Pace
from newsloom.fetch.pauses import Patience, pause_of
from newsloom.fetch.rules import allows
from newsloom.fetch.wire import Budget, Wire, target
from newsloom.settings import FetchSettings
from newsloom.vocabulary import Reason

FRESH = datetime.timedelta(hours=24)
"""So long what a host said holds."""
AGAIN = datetime.timedelta(hours=1)
"""A host whose robots.txt could not be read is asked for it again after this."""
MAX_BYTES = 500_000
"""Of a longer file the rest is not read, as the standard allows from 500 KiB on."""
MAX_REDIRECTS = 5
NOT_FOUND = 404
"""What a longer chain of redirects counts as, by the standard."""
_HEADERS = {"Accept": "text/plain,*/*;q=0.1"}


class Robots:
    """Asks each host once, however many requests wait for its answer."""

    def __init__(self, settings: FetchSettings, hosts: Hosts, wire: Wire, pace: Pace) -> None:
        self._settings = settings
        self._hosts = hosts
        self._wire = wire
        self._pace = pace
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self, url: str) -> None:
        """Return where an address may be fetched.

        Raises InputError with `robots` or `robots_unknown`, and as a request itself would where
        the host cannot be reached or wants a pause.
        """
        name = host_of(url)
        host = self._hosts.named(name)
        async with self._locks[name]:
            if not _current(host):
                await self._ask(url, host)
        if _unknown(host.robots_status):
            raise InputError(
                Reason.ROBOTS_UNKNOWN,
                f"The robots.txt of {name} could not be read ({_answered(host)}), so nothing of "
                "it is fetched for now; it is asked for again after an hour.",
            )
        if not allows(host, url, self._settings):
            raise InputError(
                Reason.ROBOTS, f"The robots.txt of {name} does not allow this address to programs."
            )

    async def _ask(self, url: str, host: Host) -> None:
        """Fetch the robots.txt of a host, and keep what came of it."""
        parts = urlsplit(url)
        try:
            text, status = await self._fetched(f"{parts.scheme}://{parts.netloc}/robots.txt")
        except Unreached as error:
            host.failed(error, unreached=True)
            raise
        host.robots, host.robots_status, host.robots_at = text, status, clock.now()
        host.rules, host.changed = None, True

    async def _fetched(self, url: str) -> tuple[str | None, int | None]:
        """Return the text, None where there is none, and the status, None for no readable answer.

        Raises InputError where the host cannot be reached at all (Unreached, `blocked_address`),
        or rests for long.
        """
        asked, budget = url, Budget(self._settings.total_timeout_seconds)
        patience, left = Patience(self._settings, self._hosts), MAX_REDIRECTS
        while True:
            try:
                reply = await self._once(asked, budget)
            except InputError as error:
                if await patience.again(host_of(asked), passing=passing(error)):
                    continue
                if host_of(asked) == host_of(url) and _meets_pages_too(error):
                    raise
                return None, None
            if reply.onward and left:
                asked, left = reply.onward, left - 1
            elif not await patience.again(
                host_of(asked), passing=reply.status >= 500, pause=reply.pause
            ):
                return reply.text, NOT_FOUND if reply.onward else reply.status

    async def _once(self, url: str, budget: Budget) -> "_Reply":
        async with self._pace.turn(host_of(url)):
            try:
                with budget as left:
                    async with asyncio.timeout(left), self._wire.asked(url, _HEADERS) as response:
                        return await _reply(url, response)
            except FAULTS as error:
                raise fault(error, self._settings) from error


class _Reply(NamedTuple):
    status: int
    onward: str | None = None
    text: str | None = None
    pause: float | None = None


async def _reply(url: str, response: httpx.Response) -> _Reply:
    status = response.status_code
    try:
        onward = target(url, response)
    except InputError as error:
        raise InputError(Reason.REDIRECTS, error.detail) from error
    if onward or status != 200:
        return _Reply(status, onward, pause=pause_of(response))
    data = await read_body(response, MAX_BYTES, "", cut=True)
    return _Reply(status, text=data.decode("utf-8", "replace").removeprefix("\ufeff"))


def _meets_pages_too(error: InputError) -> bool:
    same = (Reason.BLOCKED_ADDRESS, Reason.RATE_LIMITED, Reason.BAD_URL)
    return isinstance(error, Unreached | Down) or error.reason in same


def _current(host: Host) -> bool:
    if host.robots_at is None:
        return False
    holds = AGAIN if _unknown(host.robots_status) else FRESH
    return datetime.timedelta(0) <= clock.now() - host.robots_at < holds


def _unknown(status: int | None) -> bool:
    return status is None or status >= 500 or status == 429


def _answered(host: Host) -> str:
    return "no answer" if host.robots_status is None else f"answer {host.robots_status}"
