"""What `newsloom up` does while the orchestrator is in trouble: it has the monitor run directly.

The scheduled monitor is a flow run, so it is just then that it cannot tell anybody.
"""

import contextlib
import time
from collections.abc import Callable

from flows.up.services import Plan

ASK_SECONDS = 10.0
SILENT_SECONDS = 60.0
"""A server that does not answer for so long is in trouble."""
DEATHS, DEATHS_WINDOW_SECONDS = 3, 600.0
"""So is a service that died so often within the window."""
TELL_SECONDS = 300.0


class Distress:
    """Looks whether flows can run, and where they cannot, has the monitor run every 5 minutes."""

    def __init__(
        self,
        plan: Plan,
        healthy: Callable[[], bool],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._plan = plan
        self._healthy = healthy
        self._now = now
        self._asked_at = self._answered_at = now()
        self._told_at: float | None = None

    def look(self) -> None:
        """Start the monitor if it is needed and due; costs nothing in between."""
        now = self._now()
        if now - self._asked_at >= ASK_SECONDS:
            if self._healthy():
                self._answered_at = now
            self._asked_at = self._now()
        due = self._told_at is None or now - self._told_at >= TELL_SECONDS
        if due and self._in_trouble(now):
            self.tell()

    def tell(self) -> None:
        """Start the monitor, unless it is at work."""
        monitor = self._plan.monitor
        if monitor.process is None or monitor.exit_code is not None:
            self._told_at = self._now()
            # A full disk takes no log; that must not end what still works.
            with contextlib.suppress(OSError):
                monitor.start()

    def _in_trouble(self, now: float) -> bool:
        if now - self._answered_at >= SILENT_SECONDS:
            return True
        return any(
            sum(now - death < DEATHS_WINDOW_SECONDS for death in service.deaths) >= DEATHS
            for service in (self._plan.server, self._plan.worker)
        )
