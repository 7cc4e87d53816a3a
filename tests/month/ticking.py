"""A clock that moves when somebody waits for it, or when the test says so."""

import asyncio
from datetime import datetime, timedelta

START = datetime(2024, 3, 4, 6)


class Ticking:
    """newsloom.clock.Clock on which a pause takes no time."""

    def __init__(self, start: datetime = START) -> None:
        self.start = start
        self._seconds = 0.0

    def now(self) -> datetime:
        """Return the moment."""
        return self.start + timedelta(seconds=self._seconds)

    def monotonic(self) -> float:
        """Return the seconds since the start."""
        return self._seconds

    async def sleep(self, seconds: float) -> None:
        """Move on at once; others run in between, and may move on further."""
        target = self._seconds + max(seconds, 0.0)
        await asyncio.sleep(0)
        self._seconds = max(self._seconds, target)

    def advance(self, to: datetime) -> None:
        """Move on to a moment, if it is still to come."""
        self._seconds = max(self._seconds, (to - self.start).total_seconds())
