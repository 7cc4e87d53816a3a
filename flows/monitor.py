"""The monitor flow: all health checks, what has changed since the last time, and who is told.

It reads the published file and writes the small file of incidents only: it works while the lake is
locked, and it opens no run of its own.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from newsloom import clock
from newsloom.errors import SettingsError
from newsloom.settings import Settings
from tasks.alerts import Delivery, Outgoing, Post, Sender, message, plan
from warehouse.health import (
    Check,
    Finding,
    Health,
    Limits,
    examine,
    examine_machine,
    read_limits,
    readable_or_not,
    worst,
)
from warehouse.incidents import (
    Change,
    Incident,
    Store,
    StoreError,
    mutes,
    open_incidents,
    step,
    taken_in,
)

LOCK_NAME = "alerts.lock"
_SETTINGS = Check("settings", "machine", "Settings", "", "Whether [health] limits can be used.")
NOT_NOTED = "What was told could not be noted, so it may be told again: "


@dataclass(slots=True)
class MonitorReport:
    """What a pass has found, and what it told."""

    warehouse: str
    findings: list[Finding]
    alone: bool = True
    """False where another pass was under way: that one tells."""
    changes: list[Change] = field(default_factory=list)
    told: list[Outgoing] = field(default_factory=list)
    """Messages that were sent; of a dry run, that would be."""
    deliveries: list[Delivery] = field(default_factory=list)
    trouble: str = ""
    """Why the incidents cannot be noted where they should."""

    @property
    def status(self) -> Health:
        """The one word for the warehouse."""
        found = worst(self.findings)
        return found.status if found else Health.OK

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "warehouse": self.warehouse,
            "status": self.status.value,
            "alone": self.alone,
            "changes": [{"kind": str(c.kind), **c.incident.as_dict()} for c in self.changes],
            "told": [
                {"kind": str(o.kind), "check": o.check, "incidents": [i.id for i in o.incidents]}
                for o in self.told
            ],
            "deliveries": [delivery.as_dict() for delivery in self.deliveries],
            "trouble": self.trouble,
        }


def monitor(
    warehouse: Path,
    settings: Settings,
    *,
    dry_run: bool = False,
    environ: Mapping[str, str] | None = None,
) -> MonitorReport:
    """Examine a warehouse once, note what has changed, and tell what is to be told.

    dry_run: note and tell nothing, but return what would be.
    """
    limits, wrong = _limits(settings)
    report = MonitorReport(str(warehouse.absolute()), [*_examined(warehouse, limits), *wrong])
    if dry_run:
        _try(report, warehouse)
    elif warehouse.is_dir():
        with _alone(warehouse) as report.alone:
            if report.alone:
                post = Post(settings.health.notify, os.environ if environ is None else environ)
                _tell(report, warehouse, settings.health.page, post)
    return report


def _limits(
    settings: Settings,
) -> tuple[Mapping[str, tuple[float, float]], list[Finding]]:
    """Return the limits that are set; where they are written wrong, none, and what is wrong."""
    try:
        return read_limits(settings.health.limits), []
    except SettingsError as error:
        # A slip in one line must not silence all alerts.
        reason = f"{error} {error.hint} Meanwhile the usual limits hold."
        return {}, [Finding(_SETTINGS, Health.BAD, 0.0, Limits(bad_below=0.0), reason)]


def _examined(warehouse: Path, limits: Mapping[str, tuple[float, float]]) -> list[Finding]:
    with readable_or_not(warehouse) as news:
        if news is None:
            return examine_machine(warehouse, limits)
        return examine(news, warehouse, limits)


def _try(report: MonitorReport, warehouse: Path) -> None:
    now = clock.now()
    made = step(open_incidents(warehouse), report.findings, now)
    report.changes = list(made.changes)
    report.told, _ = plan(made.incidents, mutes(warehouse), now)


def _tell(report: MonitorReport, warehouse: Path, page: str, post: Post) -> None:
    now = clock.now()
    with taken_in(warehouse, report.findings, now) as (store, made, report.trouble):
        report.changes = list(made.changes)
        waiting = store.untold_recoveries()
        still_open = [i for i in made.incidents if i.recovered_at is None]
        outgoing, silent = plan([*still_open, *waiting], store.mutes(), now)
        _noted(report, store, silent)
        for message_out in outgoing if post else ():
            sender = Sender(warehouse.absolute(), page, report.trouble)
            _send(report, store, message_out, sender, post)


def _send(
    report: MonitorReport, store: Store, outgoing: Outgoing, sender: Sender, post: Post
) -> None:
    """Send one message; noted before and after, so that a pass that is killed loses none."""
    now = clock.now()
    _noted(report, store, outgoing.begun(now))
    deliveries = post.deliver(message(outgoing, sender, now))
    taken = any(delivery.taken for delivery in deliveries)
    report.deliveries += deliveries
    report.told.append(outgoing)
    _noted(report, store, outgoing.ended(now, taken))


def _noted(report: MonitorReport, store: Store, incidents: Sequence[Incident]) -> None:
    """Note how incidents stand. That it fails is told, and keeps no other message back."""
    if not incidents:
        return
    try:
        store.save(incidents)
    except StoreError as error:
        report.trouble = report.trouble or f"{NOT_NOTED}{error}"


@contextmanager
def _alone(warehouse: Path) -> Iterator[bool]:
    """Hold the telling meanwhile; False where another pass does.

    Where the lock itself cannot be written, telling twice is better than not at all.
    """
    lock = FileLock(warehouse / LOCK_NAME, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError:
        yield True
        return
    try:
        yield True
    finally:
        lock.release()
