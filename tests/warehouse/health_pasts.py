"""A healthy made-up past, what would be in it with this or that fault, and what the checks say."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

import duckdb

from benchmarks.history import SMALL, Facts, make
from benchmarks.history.rewind import Rewound
from benchmarks.history.words import source_name
from warehouse.health import Finding, Health

NOW = datetime(2026, 3, 12, 15)
"""A Thursday afternoon: what is usual differs by the hour of the week, so it stays the same."""
DAYS = 36
SIZE = replace(SMALL, days=DAYS)
BUSY, MIDDLING, SLOW = source_name(1), source_name(3), source_name(8)
"""About 35, 9 and 3 articles a day."""
FOLDER = "wire-drop"


@cache
def healthy() -> Facts:
    """Return a past in which all is well. The texts are left out: no check reads them."""
    facts = make(SIZE, NOW)
    del facts["article_texts"]
    return facts


def changed(now: datetime = NOW, facts: Facts | None = None, **tables: str) -> Facts:
    """Return the past with tables replaced by what a SELECT over their `rows` returns.

    within(t, h) says in it whether t lies in the last h hours, ago(h) is the moment h hours ago.
    """
    before = healthy() if facts is None else facts
    after = dict(before)
    with duckdb.connect() as connection:
        moment = f"TIMESTAMP '{now}'"
        connection.execute(
            f"CREATE MACRO ago(h) AS {moment} - to_microseconds((h * 3.6e9)::BIGINT);"
            "CREATE MACRO within(t, h) AS t > ago(h)"
        )
        for name, select in tables.items():
            connection.register("rows", before[name])
            after[name] = connection.execute(select).to_arrow_table()
            connection.unregister("rows")
    return after


def last_commit(facts: Facts, hours_ago: float) -> int:
    """Return the last commit before so many hours ago."""
    events = facts["run_events"]
    pairs = zip(events["commit_id"].to_pylist(), events["happened_at"].to_pylist(), strict=True)
    return max(id_ for id_, at in pairs if at < NOW - timedelta(hours=hours_ago))


def findings(facts: Facts, now: datetime = NOW, latest: int | None = None) -> dict[str, Finding]:
    """Return what the checks find at a moment."""
    with Rewound(facts) as news:
        news.go_to(now, latest)
        return news.findings()


def odd(found: dict[str, Finding]) -> dict[str, Health]:
    """Return the status of each check that is not well."""
    return {name: f.status for name, f in found.items() if f.status is not Health.OK}


def alarms(now: datetime = NOW, **tables: str) -> tuple[dict[str, Health], dict[str, Finding]]:
    """Return which checks are not well with a fault, and all that they say."""
    found = findings(changed(now, **tables), now)
    return odd(found), found
