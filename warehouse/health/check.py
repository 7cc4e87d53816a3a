"""What a health check is, and what it finds."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

RUNBOOK = "docs/runbook.md"


class Health(StrEnum):
    """How something is doing; later ones are worse."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"

    @property
    def rank(self) -> int:
        """0, 1 or 2: also the exit code of `newsloom status`."""
        return list(Health).index(self)


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a value wants a look, or is bad; None: there is no such limit.

    Both bounds belong to what they stand for: 3 failures with warn_at 3 want a look.
    """

    warn_at: float | None = None
    bad_at: float | None = None
    warn_below: float | None = None
    bad_below: float | None = None

    def judge(self, value: float | None) -> Health:
        """Return what a value means; an unknown one is well, for want of evidence."""
        if value is None:
            return Health.OK
        if _reached(value, self.bad_at) or _undercut(value, self.bad_below):
            return Health.BAD
        if _reached(value, self.warn_at) or _undercut(value, self.warn_below):
            return Health.WARN
        return Health.OK


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the new articles that is judged by how far it lies above the usual one."""

    of: str
    """Which articles, as an SQL condition over facts.fresh_articles."""
    said: str
    """What these do: the reason goes on with it after '... of new articles'."""
    warn_over: float
    bad_over: float


@dataclass(frozen=True, slots=True)
class Check:
    """One health check, as it is defined.

    Its query stands in sql/NAME.sql and returns the columns subject, value, warn_at, bad_at,
    warn_below, bad_below, since and reason: one row whose subject is null, and one more for each
    source, run or flow that is not well. $warn and $bad in it are the limits that stand here, or
    those that the settings give instead. A `live` check asks the machine, not the warehouse. Those
    about a `share` have sql/share.sql in common.
    """

    name: str
    group: str
    title: str
    unit: str
    meaning: str
    warn: float | None = None
    bad: float | None = None
    live: bool = False
    share: Share | None = None

    @property
    def runbook(self) -> str:
        """Where it is written what to do."""
        return f"{RUNBOOK}#{self.name}"

    def sql(self, limits: Mapping[str, tuple[float, float]] | None = None) -> str:
        """Return the query; `limits` has (warn, bad) of checks by name, for those not as usual."""
        warn, bad = (limits or {}).get(self.name, (self.warn, self.bad))
        if self.share is not None:
            return Template(_text("share")).safe_substitute(asdict(self.share))
        return Template(_text(self.name)).safe_substitute(warn=_literal(warn), bad=_literal(bad))


@dataclass(frozen=True, slots=True)
class Subject:
    """One source, run or flow that a check is about, and that is not well."""

    name: str
    status: Health
    value: float | None
    since: datetime | None
    reason: str

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"name": self.name, "status": self.status.value, "value": self.value,
                "since": self.since, "reason": self.reason}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found."""

    check: Check
    status: Health
    value: float | None
    limits: Limits
    reason: str
    """What is the matter, in words; where all is well, what was looked at."""
    since: datetime | None = None
    """When it began to be so, in UTC, where that is known."""
    subjects: tuple[Subject, ...] = field(default=())

    @property
    def name(self) -> str:
        """The check's name."""
        return self.check.name

    @property
    def unchecked(self) -> bool:
        """Whether it could not be found out: bad, but without a value that would say how bad."""
        return self.status is not Health.OK and self.value is None and not self.subjects

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return {
            "name": self.name, "group": self.check.group, "title": self.check.title,
            "status": self.status.value, "value": self.value, "unit": self.check.unit,
            "warn_at": self.limits.warn_at, "bad_at": self.limits.bad_at,
            "warn_below": self.limits.warn_below, "bad_below": self.limits.bad_below,
            "reason": self.reason, "since": self.since, "meaning": self.check.meaning,
            "runbook": self.check.runbook,
            "subjects": [subject.as_dict() for subject in self.subjects],
        }  # fmt: skip


def unit_of(value: float, unit: str) -> str:
    """Return the unit as it is said after a value: 1 run, 2 runs."""
    return unit.removesuffix("s") if value == 1 else unit


def _reached(value: float, limit: float | None) -> bool:
    return limit is not None and value >= limit


def _undercut(value: float, limit: float | None) -> bool:
    return limit is not None and value <= limit


def _literal(limit: float | None) -> str:
    return "NULL::DOUBLE" if limit is None else f"{float(limit)!r}::DOUBLE"


@cache
def _text(name: str) -> str:
    return files(__package__).joinpath("sql", f"{name}.sql").read_text("utf-8")
