"""The words of an alert: plain text that says what, since when, why, and what to do."""

import platform
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsloom.plain import one_line
from newsloom.spans import whole_span
from tasks.alerts.plan import Outgoing
from warehouse.health import CHECK, Health
from warehouse.incidents import Incident, Kind

MOST_SHOWN = 20
MOST_IDS = 5
MOST_CHARACTERS = 300
MOST_TITLE_CHARACTERS = 120

# What Slack, Discord, Telegram, mail programs and browsers would take for a mark, a link or a call.
_TAME = str.maketrans({"@": "＠", "<": "‹", ">": "›", "[": "(", "]": ")", "`": "'", "*": "∗",
                       "~": "∼", "|": "¦"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose news it is."""

    warehouse: Path
    page: str = ""
    """The dashboard's web address, if there is one."""
    note: str = ""
    """What else the reader must know: that the incidents cannot be noted."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is sent: plain text."""

    title: str
    body: str
    kind: str
    """As Apprise calls it: failure, warning, success or info."""


def message(outgoing: Outgoing, sender: Sender, now: datetime) -> Message:
    """Write what has happened to incidents of one check."""
    recovered = outgoing.kind is Kind.RECOVERED
    parts = [
        [_meaning(outgoing.check)],
        _shown(outgoing, now),
        *([] if recovered else [_what_to_do(outgoing, sender)]),
        _foot(outgoing.incidents, sender),
    ]
    kind = "failure" if outgoing.status is Health.BAD else "warning"
    body = "\n\n".join("\n".join(lines) for lines in parts if any(lines))
    return Message(_title(outgoing), body, "success" if recovered else kind)


def trial(sender: Sender, now: datetime) -> Message:
    """Write the message that only shows whether alerts arrive."""
    return Message(
        "Newsloom test: alerts arrive here",
        f"Somebody has asked for this message at {_moment(now)}. Nothing is the matter.\n\n"
        + "\n".join(_foot((), sender)),
        "info",
    )


def tame(text: str, most: int = MOST_CHARACTERS) -> str:
    """Return text from outside as one line without marks that a reader's program would obey."""
    line = one_line(text).translate(_TAME)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _title(outgoing: Outgoing) -> str:
    first, *others = outgoing.incidents
    what = first.title
    if others:
        what += f" ({len(outgoing.incidents):,})"
    elif first.subject:
        what += f": {tame(first.subject)}"
    said = {Kind.RECOVERED: "ok again", Kind.WORSENED: f"now {outgoing.status}"}
    return tame(f"Newsloom {said.get(outgoing.kind, outgoing.status)}: {what}",
                MOST_TITLE_CHARACTERS)  # fmt: skip


def _meaning(check: str) -> str:
    return CHECK[check].meaning if check in CHECK else ""


def _shown(outgoing: Outgoing, now: datetime) -> list[str]:
    lines: list[str] = []
    for incident in outgoing.incidents[:MOST_SHOWN]:
        lines += _recovered(incident) if incident.recovered_at else _unwell(incident, now)
    more = len(outgoing.incidents) - MOST_SHOWN
    return [*lines, f"… and {more:,} more: newsloom alerts list"] if more > 0 else lines


def _unwell(incident: Incident, now: datetime) -> Iterable[str]:
    began = incident.began_at
    name = tame(incident.subject or incident.title)
    yield f"{name}: {incident.status} since {_moment(began)} ({_lasted(began, now)})"
    yield f"  {tame(incident.reason)}"


def _recovered(incident: Incident) -> Iterable[str]:
    began, ended = incident.began_at, incident.recovered_at or incident.last_seen_at
    name = tame(incident.subject or incident.title)
    yield (
        f"{name}: ok since {_moment(ended)}, was {incident.told_status or incident.status} "
        f"from {_moment(began)} on ({_lasted(began, ended)})"
    )
    if incident.told_at is None and incident.failed_since is not None:
        yield "  That it had begun could not be delivered."


def _what_to_do(outgoing: Outgoing, sender: Sender) -> list[str]:
    lines = []
    if outgoing.check in CHECK:
        lines.append(f"What to do: {CHECK[outgoing.check].runbook}")
    if sender.page:
        place = f"/checks/{outgoing.check}" if outgoing.check in CHECK else ""
        lines.append(f"Page: {sender.page.rstrip('/')}{place}")
    where = f" --warehouse {shlex.quote(tame(str(sender.warehouse)))}"
    for incident in outgoing.incidents[:MOST_IDS]:
        lines.append(f"Say that you know: newsloom alerts ack {incident.id}{where}")
    what = outgoing.check
    return [*lines, f"Keep it quiet for a while: newsloom alerts mute {what} --for 2h{where}"]


def _foot(incidents: Iterable[Incident], sender: Sender) -> list[str]:
    lines = [f"Warehouse: {tame(str(sender.warehouse))} on {tame(platform.node())}"]
    if any(incident.trying_since for incident in incidents):
        lines.append("You may have had this before: the pass that sent it was ended from outside.")
    return [*lines, tame(sender.note)] if sender.note else lines


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _lasted(began: datetime, ended: datetime) -> str:
    seconds = (ended - began).total_seconds()
    if seconds < 60:
        return "under a minute"
    days = int(seconds // 86_400)
    return f"{days} days" if days >= 2 else whole_span(seconds)
