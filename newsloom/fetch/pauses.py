"""Pauses that servers ask for: Retry-After, in seconds or as a date."""

from datetime import UTC
from email.utils import parsedate_to_datetime

import httpx

from newsloom import clock
from newsloom.fetch.hosts import Hosts
from newsloom.settings import FetchSettings

UNSAID_SECONDS = 60.0
"""How long a host rests that says "too many requests" (429) without saying for how long."""

EXHAUSTED_SECONDS = 300.0
"""How long a host rests at least that goes on asking for short pauses."""
MAX_PAUSES, MAX_FAILURES = 2, 1
"""So often one address is tried again: after pauses that were asked for, and passing failures. A
host whose answers, to whatever requests, go on asking for pauses is not tried again that often."""


class Patience:
    """The further tries of one address."""

    def __init__(self, settings: FetchSettings, hosts: Hosts) -> None:
        self._settings = settings
        self._hosts = hosts
        self._pauses = self._failures = 0

    async def again(self, host: str, *, passing: bool, pause: float | None = None) -> bool:
        """Tell whether to try once more, when this returns or the host's next turn comes."""
        if pause is not None:
            return self._paused(host, pause)
        if not passing or self._failures == MAX_FAILURES:
            return False
        self._failures += 1
        await clock.sleep(self._settings.retry_delay_seconds)
        return True

    def _paused(self, host: str, pause: float) -> bool:
        known = self._hosts.named(host)
        known.limited += 1
        self._pauses += 1
        exhausted = max(known.limited, self._pauses) > MAX_PAUSES
        if pause <= self._settings.max_retry_after_seconds and not exhausted:
            self._hosts.pause(host, pause, keep=False)
            return True
        self._hosts.pause(host, max(pause, EXHAUSTED_SECONDS) if exhausted else pause)
        return False


def pause_of(response: httpx.Response) -> float | None:
    """Return the seconds that a 429 or 503 asks to wait, None where an answer asks for none."""
    status = response.status_code
    if status not in (429, 503):
        return None
    said = _seconds(response.headers.get("retry-after", "").strip())
    return UNSAID_SECONDS if said is None and status == 429 else said


def _seconds(text: str) -> float | None:
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    if until.tzinfo is not None:
        until = until.astimezone(UTC).replace(tzinfo=None)
    return max(0.0, (until - clock.now()).total_seconds())
