"""When a source is looked at next.

An adaptive source is looked at sooner when more than a third of what it lists is new, later when
less is: so that about a third of the list has changed between two looks, and nothing scrolls past
unseen. Failures back off by weight: a source that is gone doubles its pause each time, four
temporary failures double it once. It never gives up: a month is the longest pause.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from newsloom.settings import PollSettings
from newsloom.sources.source import MOST_SECONDS, Source
from newsloom.vocabulary import Reason

FIRST_SECONDS = 3600.0
NEW_SHARE = 1 / 3
SOONER, LATER = 0.5, 1.25
GONE_WEIGHT, TEMPORARY_WEIGHT = 1.0, 0.25
GONE = frozenset((Reason.HTTP_GONE, Reason.ROBOTS, Reason.BAD_URL, Reason.BLOCKED_ADDRESS))
"""Failures that do not pass by themselves."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a look at a source ended, as far as the schedule needs to know."""

    at: datetime
    entries: int = 0
    entries_new: int = 0
    reason: str | None = None
    not_before: datetime | None = None
    """Its host asked for a pause until then."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a source is looked at next, and what that follows from."""

    interval_seconds: float
    at: datetime
    failures: int = 0
    failure_weight: float = 0.0


NEVER = Due(FIRST_SECONDS, datetime(1970, 1, 1))
"""A source that was never looked at: due at once."""


def next_look(source: Source, before: Due, look: Look, limits: PollSettings) -> Due:
    """Return when `source` is due again after this look. Failures leave its own interval alone."""
    if look.reason is not None:
        return _after_failure(before, look)
    interval = source.fixed_seconds() or _adapted(before, look, limits)
    return Due(interval, _at(look, interval))


def _adapted(before: Due, look: Look, limits: PollSettings) -> float:
    many = look.entries_new > NEW_SHARE * look.entries
    wanted = before.interval_seconds * (SOONER if many else LATER)
    return min(max(wanted, limits.min_interval_seconds), limits.max_interval_seconds)


def _after_failure(before: Due, look: Look) -> Due:
    weight = before.failure_weight + (GONE_WEIGHT if look.reason in GONE else TEMPORARY_WEIGHT)
    # 2 ** weight alone could outgrow what a number holds.
    pause = min(before.interval_seconds * 2 ** min(weight, 20.0), MOST_SECONDS)
    return Due(before.interval_seconds, _at(look, pause), before.failures + 1, weight)


def _at(look: Look, pause_seconds: float) -> datetime:
    due = look.at + timedelta(seconds=pause_seconds)
    return max(due, look.not_before) if look.not_before else due
