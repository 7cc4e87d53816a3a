"""When the next request may go to a host.

This is the place for crawl-delay, Retry-After and a host's own limits: each only moves `_ready`.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from newsloom import clock

_ready: dict[str, float] = {}
"""Per host, when it may be asked again (clock.monotonic). Kept between batches of one process."""

_MAX_HOSTS = 10_000


class Pace:
    """Hands out turns: so many requests at once, so long between two starts at one host."""

    def __init__(self, concurrency: int, delay_seconds: float) -> None:
        self._slots = asyncio.Semaphore(max(1, concurrency))
        self._delay = delay_seconds

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a slot and for the host, and hold the slot meanwhile."""
        while True:
            async with self._slots:
                wait = _ready.get(host, 0.0) - clock.monotonic()
                if wait <= 0:
                    self._note(host)
                    yield
                    return
            # Without the slot: pages of other hosts go first.
            await clock.sleep(wait)

    def _note(self, host: str) -> None:
        now = clock.monotonic()
        if len(_ready) > _MAX_HOSTS:
            for name in [name for name, at in _ready.items() if at < now]:
                del _ready[name]
        _ready[host] = now + self._delay
