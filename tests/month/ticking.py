"""A clock that moves when somebody waits for it, or when the test says so."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import httpx
import pytest
from clocks import Simulated

from newsloom.fetch.transport import GuardedTransport

START = datetime(2024, 3, 4, 6)
QUIET_SECONDS = 0.008
"""Real time. When no request has been under way for so long, everybody waits: time may pass."""


class Ticking(Simulated):
    """A simulated clock on which time passes only while nothing else happens.

    So a request is answered in the same moment as it was made.
    """

    def __init__(self) -> None:
        super().__init__(START)
        self._targets: list[float] = []
        self._lock = threading.Lock()
        self._under_way = 0
        self._last = 0.0

    async def sleep(self, seconds: float) -> None:
        """Wait until nothing is under way, and all that wait for an earlier moment have gone on."""
        target = self.passed + max(seconds, 0.0)
        self._targets.append(target)
        try:
            while self.passed < target:
                await asyncio.sleep(QUIET_SECONDS / 2)
                if self._quiet():
                    self.passed = max(self.passed, min(self._targets))
                    self._last = time.monotonic()  # who waited for this must get going first
        finally:
            self._targets.remove(target)

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Stand still from the moment a request is sent, also while its connection is made."""
        sending = GuardedTransport.handle_async_request

        async def held(transport: GuardedTransport, request: httpx.Request) -> httpx.Response:
            with self.request():
                return await sending(transport, request)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(GuardedTransport, "handle_async_request", held)
            yield

    def advance(self, to: datetime) -> None:
        """Move on to a moment, if it is still to come."""
        self.passed = max(self.passed, (to - self.start).total_seconds())

    @contextmanager
    def request(self) -> Iterator[None]:
        """Hold the clock while a request is answered."""
        with self._lock:
            self._under_way += 1
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1
                self._last = time.monotonic()

    def _quiet(self) -> bool:
        with self._lock:
            return not self._under_way and time.monotonic() - self._last > QUIET_SECONDS
