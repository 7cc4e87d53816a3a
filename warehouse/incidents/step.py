"""From one examination to the next: which incidents open, worsen, ease and recover.

A pure function: what is open and what was found go in, what changes comes out.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from warehouse.health import Finding, Health
from warehouse.incidents.incident import Change, Incident, Kind

WELL_PASSES = 2
"""Examinations in a row that must find it well: one that is well now and then has not recovered."""


@dataclass(frozen=True, slots=True)
class Step:
    """What an examination makes of the incidents."""

    incidents: tuple[Incident, ...]
    """All that were open or are now, as they are now; those that recovered are among them."""
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Trouble:
    check: str
    subject: str
    status: Health
    title: str
    reason: str
    since: datetime | None


@dataclass(slots=True)
class _Seen:
    """What an examination says about each check and subject."""

    troubles: dict[tuple[str, str], _Trouble] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    """Checks that say nothing now: none of their incidents has recovered for that."""
    wholes: dict[str, _Trouble] = field(default_factory=dict)
    """Checks with anything not well: there the check as a whole has not recovered either."""


def step(known: Iterable[Incident], findings: Sequence[Finding], now: datetime) -> Step:
    """Return what becomes of the open incidents `known`, and which open."""
    seen = _seen(findings)
    incidents: list[Incident] = []
    changes: list[Change] = []
    for before in known:
        trouble = seen.troubles.pop((before.check, before.subject), None)
        if not before.subject:
            trouble = trouble or seen.wholes.get(before.check)
        after = _again(before, trouble, now) if trouble else _missed(before, seen, now)
        incidents.append(after)
        changes += _change(before, after)
    for trouble in seen.troubles.values():
        opened = Incident.opened(
            trouble.check,
            trouble.subject,
            trouble.status,
            trouble.title,
            trouble.reason,
            trouble.since,
            now,
        )
        incidents.append(opened)
        changes.append(Change(Kind.OPENED, opened))
    return Step(tuple(incidents), tuple(changes))


def _seen(findings: Sequence[Finding]) -> _Seen:
    seen = _Seen()
    unreadable = any(f.name == "readable" and f.status is not Health.OK for f in findings)
    for finding in findings:
        if finding.unchecked and unreadable:
            # One fault, not one for each check that it blinds.
            seen.unknown.add(finding.name)
            continue
        if finding.unchecked:
            seen.unknown.add(finding.name)
        if finding.status is not Health.OK:
            seen.wholes[finding.name] = _whole(finding)
            for trouble in _troubles(finding):
                seen.troubles[trouble.check, trouble.subject] = trouble
    return seen


def _troubles(finding: Finding) -> Iterable[_Trouble]:
    """Return the subjects that are not well, and the check itself where it is worse than they are.

    So many sources may fail that this is bad, though each of them only wants a look.
    """
    subjects = [s for s in finding.subjects if s.status is not Health.OK]
    if all(s.status.rank < finding.status.rank for s in subjects):
        yield _whole(finding)
    for subject in subjects:
        yield _Trouble(
            finding.name,
            subject.name,
            subject.status,
            finding.check.title,
            subject.reason,
            subject.since,
        )


def _whole(finding: Finding) -> _Trouble:
    return _Trouble(
        finding.name, "", finding.status, finding.check.title, finding.reason, finding.since
    )


def _again(before: Incident, trouble: _Trouble, now: datetime) -> Incident:
    return dataclasses.replace(
        before,
        status=trouble.status,
        reason=trouble.reason,
        # The beginning stays where it was, though a check looks back over a window that moves.
        since=before.since or trouble.since,
        last_seen_at=now,
        well_passes=0,
    )


def _missed(before: Incident, seen: _Seen, now: datetime) -> Incident:
    if before.check in seen.unknown:
        return before
    passes = before.well_passes + 1
    return dataclasses.replace(
        before, well_passes=passes, recovered_at=now if passes >= WELL_PASSES else None
    )


def _change(before: Incident, after: Incident) -> list[Change]:
    if after.recovered_at is not None:
        return [Change(Kind.RECOVERED, after)]
    if after.status.rank > before.status.rank:
        return [Change(Kind.WORSENED, after)]
    if after.status.rank < before.status.rank:
        return [Change(Kind.EASED, after)]
    return []
