"""The time: of the machine, unless a test lives through a month in minutes.

Whatever decides by time (what is due, how long a host rests, when something was seen) asks here.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What tells the time and waits for it to pass."""

    def now(self) -> datetime:
        """Return the moment in UTC, without a zone, as the warehouse stores it."""

    def monotonic(self) -> float:
        """Return seconds that never go back, from an arbitrary start."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the moment in UTC, without a zone."""
        return datetime.now(UTC).replace(tzinfo=None)

    def monotonic(self) -> float:
        """Return seconds that never go back, from an arbitrary start."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


_clock: Clock = SystemClock()


def now() -> datetime:
    """Return the moment in UTC, without a zone, as the warehouse stores it."""
    return _clock.now()


def monotonic() -> float:
    """Return seconds that never go back, from an arbitrary start."""
    return _clock.monotonic()


async def sleep(seconds: float) -> None:
    """Wait."""
    await _clock.sleep(seconds)


@contextmanager
def set_to(clock: Clock) -> Iterator[None]:
    """Have everything in this process ask `clock` meanwhile."""
    global _clock
    before, _clock = _clock, clock
    try:
        yield
    finally:
        _clock = before
