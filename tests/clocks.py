"""A clock for tests: waiting takes no time, but is counted."""

import asyncio
import datetime

START = datetime.datetime(2026, 3, 2, 6, 0, 0)


class Simulated:
    """Passes as fast as it is waited for. Use: `with clock.set_to(Simulated()) as …`."""

    def __init__(self, start: datetime.datetime = START) -> None:
        self.start = start
        self.passed = 0.0
        self.waits: list[float] = []

    def now(self) -> datetime.datetime:
        return self.start + datetime.timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        return self.passed

    async def sleep(self, seconds: float) -> None:
        until = self.passed + seconds
        self.waits.append(seconds)
        await asyncio.sleep(0)
        self.passed = max(self.passed, until)

    def forward(self, **amount: float) -> None:
        """Let time pass: hours=1, days=2 ..."""
        self.passed += datetime.timedelta(**amount).total_seconds()
