"""What an incident, a change of one and a mute are."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from newsloom.ids import digest
from warehouse.health import Health

ID_CHARACTERS = 9
EVERYTHING = "*"


class Kind(StrEnum):
    """What can happen to an incident."""

    OPENED = "opened"
    WORSENED = "worsened"
    EASED = "eased"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class Incident:
    """One check that is not well, or one of its subjects. All times are in UTC."""

    id: str
    check: str
    subject: str
    """The source, run or flow; empty where it is the check as a whole."""
    status: Health
    title: str
    reason: str
    opened_at: datetime
    last_seen_at: datetime
    since: datetime | None = None
    """When it began to be so, where that is known; `opened_at` is when it was noticed."""
    recovered_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_note: str | None = None
    told_at: datetime | None = None
    """When an address took a message of it, the latest one."""
    told_status: Health | None = None
    """The worst status that was told, or known to whoever acknowledged it."""
    trying_since: datetime | None = None
    """Set while a message is sent: one that is found set may have been sent by a killed pass."""
    failed_since: datetime | None = None
    """Since when no address has taken a message of it."""
    recovery_told_at: datetime | None = None
    well_passes: int = 0
    """Examinations in a row that found it well."""

    @classmethod
    def opened(
        cls, check: str, subject: str, status: Health, title: str, reason: str,
        since: datetime | None, now: datetime,
    ) -> "Incident":  # fmt: skip
        """Return a new incident."""
        made = digest("n", check, subject, now.isoformat())[:ID_CHARACTERS]
        return cls(made, check, subject, status, title, reason, now, now, since)

    @property
    def began_at(self) -> datetime:
        """Since when it is so, as far as is known."""
        return self.since or self.opened_at

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return {name: str(value) if isinstance(value, StrEnum) else value
                for name, value in dataclasses.asdict(self).items()}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to an incident, which is given as it is now."""

    kind: Kind
    incident: Incident


@dataclass(frozen=True, slots=True)
class Mute:
    """A check, a subject of one, or everything, of which nothing shall be told for a time."""

    what: str
    """CHECK, CHECK:SUBJECT or *."""
    until: datetime
    by: str | None = None
    note: str | None = None

    def covers(self, incident: Incident, now: datetime) -> bool:
        """Say whether nothing shall be told of the incident now."""
        named = (EVERYTHING, incident.check, f"{incident.check}:{incident.subject}")
        return now < self.until and self.what in named

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data, for programs."""
        return dataclasses.asdict(self)


def muted(incident: Incident, mutes: Iterable[Mute], now: datetime) -> bool:
    """Say whether any of the mutes covers the incident."""
    return any(mute.covers(incident, now) for mute in mutes)
