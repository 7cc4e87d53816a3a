"""When the next request may go to a host.

A host is asked so often and by so many requests at once; whoever waits for its turn holds nothing
that the pages of other hosts could use.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from newsloom import clock
from newsloom.errors import InputError
from newsloom.fetch.hosts import Hosts
from newsloom.fetch.rules import asked_delay
from newsloom.settings import FetchSettings
from newsloom.vocabulary import Reason

_last: dict[str, float] = {}
"""Per host, when it was last asked (clock.monotonic). Kept between the runs of one process."""
_MAX_HOSTS = 10_000


@dataclass
class _Queue:
    """The requests that want to go to one host."""

    places: asyncio.Semaphore
    waiting: int = 0


class Pace:
    """Hands out turns, to all hosts of one event loop."""

    def __init__(self, settings: FetchSettings, hosts: Hosts) -> None:
        self._settings = settings
        self._hosts = hosts
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._queues: dict[str, _Queue] = defaultdict(
            lambda: _Queue(asyncio.Semaphore(settings.per_host_concurrency))
        )

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for the host's turn, and hold a slot meanwhile.

        Raises InputError (`rate_limited`) where the host rests, or its queue takes, too long; and
        Down.
        """
        queue, since = self._queues[host], clock.monotonic()
        self._refuse_rest(host)
        self._refuse_queue(host, self._delay(host) * queue.waiting)
        queue.waiting += 1
        try:
            await queue.places.acquire()
        finally:
            queue.waiting -= 1
        try:
            async with self._ready(host, since):
                yield
        finally:
            queue.places.release()

    @asynccontextmanager
    async def _ready(self, host: str, since: float) -> AsyncIterator[None]:
        while True:
            self._refuse_rest(host)
            self._refuse_queue(host, clock.monotonic() - since)
            wait = self._wait(host)
            if wait > 0:
                await clock.sleep(wait)
                continue
            async with self._slots:
                if self._wait(host) <= 0:
                    _note(host)
                    yield
                    return

    def _delay(self, host: str) -> float:
        known = self._hosts.named(host)
        wanted = self._settings.per_host_delay_seconds if known.delay is None else known.delay
        return max(wanted, asked_delay(known, self._settings))

    def _wait(self, host: str) -> float:
        now = clock.monotonic()
        last = _last.get(host)
        # A last request in the future was timed by another clock.
        pause = last + self._delay(host) - now if last is not None and last <= now else 0.0
        return max(pause, self._hosts.seconds_to_wait(host))

    def _refuse_rest(self, host: str) -> None:
        self._hosts.named(host).refuse_down()
        rest = self._hosts.seconds_to_wait(host)
        if rest > self._settings.max_retry_after_seconds:
            raise InputError(
                Reason.RATE_LIMITED,
                f"{host} asked for a pause, of which {rest:.0f} s are left; "
                "a later run may ask again.",
            )

    def _refuse_queue(self, host: str, wait: float) -> None:
        if wait > self._settings.max_wait_seconds:
            raise InputError(
                Reason.RATE_LIMITED,
                f"So many requests wait for {host} that this one's turn does not come within "
                f"{self._settings.max_wait_seconds:g} s (fetch.max_wait_seconds); "
                "a later run takes it.",
            )


def _note(host: str) -> None:
    now = clock.monotonic()
    if len(_last) > _MAX_HOSTS:
        for name in [name for name, at in _last.items() if at < now - 600 or at > now]:
            del _last[name]
    _last[host] = now
