"""Which incidents are to be told now: one message for each check and what happened to it."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from warehouse.health import Health
from warehouse.incidents import Incident, Kind, Mute
from warehouse.incidents.incident import muted


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The incidents of one check that the same thing has happened to."""

    kind: Kind
    check: str
    incidents: tuple[Incident, ...]

    @property
    def status(self) -> Health:
        """The worst of them."""
        return max((i.status for i in self.incidents), key=lambda status: status.rank)

    def begun(self, now: datetime) -> list[Incident]:
        """Return the incidents as they are while the message is sent."""
        return [dataclasses.replace(i, trying_since=i.trying_since or now) for i in self.incidents]

    def ended(self, now: datetime, taken: bool) -> list[Incident]:
        """Return the incidents as they are after it was sent, and taken by somebody or not."""
        return [_after(i, self.kind, now, taken) for i in self.incidents]


def plan(
    incidents: Iterable[Incident], mutes: Sequence[Mute], now: datetime
) -> tuple[list[Outgoing], list[Incident]]:
    """Return what is to be told, and the recovered ones that nobody need be told of, noted so.

    incidents: those that are open, and those whose recovery has not been told.
    """
    groups: dict[tuple[str, Kind], list[Incident]] = {}
    silent: list[Incident] = []
    for incident in incidents:
        kind = _wanted(incident, muted(incident, mutes, now))
        if kind is not None:
            groups.setdefault((incident.check, kind), []).append(incident)
        elif incident.recovered_at is not None:
            silent.append(dataclasses.replace(incident, recovery_told_at=now))
    outgoing = [
        Outgoing(kind, check, tuple(sorted(group, key=lambda i: (-i.status.rank, i.subject))))
        for (check, kind), group in groups.items()
    ]
    # The worst first: should the network fail on the way, that much has been said.
    outgoing.sort(key=lambda o: (o.kind is Kind.RECOVERED, -o.status.rank))
    return outgoing, silent


def _wanted(incident: Incident, is_muted: bool) -> Kind | None:
    """Return what is to be told of an incident, None for nothing."""
    if is_muted:
        return None
    if incident.recovered_at is not None:
        heard_of = incident.told_at or incident.failed_since or incident.trying_since
        return Kind.RECOVERED if heard_of or incident.acknowledged_at else None
    if incident.well_passes:
        return None  # perhaps it is over: the next examination tells
    if incident.told_status is None:
        return None if incident.acknowledged_at else Kind.OPENED
    return Kind.WORSENED if incident.status.rank > incident.told_status.rank else None


def _after(incident: Incident, kind: Kind, now: datetime, taken: bool) -> Incident:
    if not taken:
        failed_since = incident.failed_since or now
        return dataclasses.replace(incident, trying_since=None, failed_since=failed_since)
    told = dataclasses.replace(incident, told_at=now, trying_since=None, failed_since=None)
    if kind is Kind.RECOVERED:
        return dataclasses.replace(told, recovery_told_at=now)
    return dataclasses.replace(told, told_status=incident.status)
