"""Carrying out the checks: SQL over the published warehouse, and a look at the machine."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from newsloom.errors import WarehouseError
from warehouse.health.catalog import CHECK, CHECKS
from warehouse.health.check import Check, Finding, Health, Limits, Subject
from warehouse.health.machine import LIVE
from warehouse.health.unreadable import Unreadable
from warehouse.query import Queryable

_WITHOUT_NEWS = ("disk", "server", "worker")


_NUMBERS = ("value", "warn_at", "bad_at", "warn_below", "bad_below")


def examine(
    news: Queryable, folder: Path, limits: Mapping[str, tuple[float, float]] | None = None
) -> list[Finding]:
    """Carry out all checks of a warehouse folder, in the order of the catalog.

    limits: (warn, bad) by the name of a check, in place of those of the catalog.
    """
    given = limits or {}
    return [_examined(check, news, folder, given) for check in CHECKS]


def examine_machine(
    folder: Path, limits: Mapping[str, tuple[float, float]] | None = None
) -> list[Finding]:
    """Carry out what can be checked before anything was put into the warehouse."""
    if not folder.is_dir():
        return []
    nothing = Unreadable(WarehouseError("There is no warehouse yet."))
    return [_examined(CHECK[name], nothing, folder, limits or {}) for name in _WITHOUT_NEWS]


def worst(findings: Iterable[Finding]) -> Finding | None:
    """Return the finding that gives the warehouse its one word: the first of the worst."""
    return max(findings, key=lambda finding: finding.status.rank, default=None)


def _examined(
    check: Check, news: Queryable, folder: Path, limits: Mapping[str, tuple[float, float]]
) -> Finding:
    try:
        if check.name in LIVE:
            rows = LIVE[check.name](news, folder, limits.get(check.name, (check.warn, check.bad)))
        else:
            rows = news.query(check.sql(limits)).to_pylist()
    except (WarehouseError, OSError) as error:
        # A check that cannot be carried out is bad news itself, and must not hide the others.
        return Finding(check, Health.BAD, None, Limits(), f"Could not be checked: {error}")
    return found(check, rows)


def found(check: Check, rows: Iterable[Mapping[str, Any]]) -> Finding:
    """Judge the rows of a check; they have the columns that `Check` names."""
    whole: Finding | None = None
    subjects: list[Subject] = []
    for row in rows:
        # DuckDB's decimals and whole numbers are no floats yet.
        value, *bounds = (None if row[name] is None else float(row[name]) for name in _NUMBERS)
        limits = Limits(*bounds)
        status = limits.judge(value)
        if row["subject"] is None:
            whole = Finding(check, status, value, limits, row["reason"], row["since"])
        else:
            subjects.append(Subject(row["subject"], status, value, row["since"], row["reason"]))
    if whole is None:
        raise ValueError(f"{check.name} has no row of its own.")
    return _with_subjects(whole, subjects)


def _with_subjects(whole: Finding, subjects: list[Subject]) -> Finding:
    """Let a check be as bad as the worst of its subjects, and begin with the first of them."""
    subjects.sort(key=lambda s: (-s.status.rank, -(s.value or 0), s.name))
    status = max([whole.status, *(s.status for s in subjects)], key=lambda health: health.rank)
    rows = [(whole.status, whole.since), *((s.status, s.since) for s in subjects)]
    since = min((at for judged, at in rows if judged is not Health.OK and at), default=None)
    reason = " ".join([whole.reason, *(f"{s.name}: {s.reason}" for s in subjects[:1])])
    return Finding(
        whole.check, status, whole.value, whole.limits, reason,
        since, tuple(subjects),
    )  # fmt: skip
