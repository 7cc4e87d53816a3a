"""What is known of what is not well: who was told, who said that they know, what is muted."""

from collections.abc import Sequence
from pathlib import Path

from dashboard.show import ago, moment, plain
from newsloom import clock
from warehouse.incidents import Incident, Mute, mutes, open_incidents


def told(folder: Path) -> dict[tuple[str, str], str]:
    """Return a few words on each open incident, by check and subject ('': the check itself).

    Read anew for each page, so that an acknowledgement shows at once. It waits for no writer.
    """
    silenced = mutes(folder)
    return {
        (incident.check, incident.subject): _words(incident, silenced)
        for incident in open_incidents(folder)
    }


def _words(incident: Incident, silenced: Sequence[Mute]) -> str:
    if incident.acknowledged_at is not None:
        by = f" by {plain(incident.acknowledged_by, 80)}" if incident.acknowledged_by else ""
        note = f": {plain(incident.acknowledged_note)}" if incident.acknowledged_note else ""
        return f"Incident {incident.id}, acknowledged {ago(incident.acknowledged_at)}{by}{note}."
    for mute in silenced:
        if mute.covers(incident, clock.now()):
            return f"Incident {incident.id}, muted until {moment(mute.until)}."
    if incident.told_at is None:
        return f"Incident {incident.id}, noticed {ago(incident.opened_at)}, told nobody."
    return f"Incident {incident.id}, told {ago(incident.told_at)}."
