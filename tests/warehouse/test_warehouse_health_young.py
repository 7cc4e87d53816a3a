"""Health checks of young, small and quiet warehouses: nothing alarms for want of a past."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from benchmarks.history import SMALL, Facts, Size, make
from benchmarks.history.rewind import Rewound, hours_between
from warehouse.health import Health

NOW = datetime(2026, 3, 12, 15)


def _alarms(facts: Facts, moments: list[datetime]) -> set[str]:
    odd = set()
    with Rewound(facts) as news:
        for moment in moments:
            news.go_to(moment)
            found = news.findings()
            assert all(finding.reason for finding in found.values())
            odd |= {n for n, f in found.items() if f.status is not Health.OK}
    return odd


def test_an_empty_warehouse() -> None:
    assert not _alarms({}, [NOW])


def test_the_first_articles() -> None:
    facts = make(replace(SMALL, days=1), NOW)
    assert not _alarms(facts, hours_between(NOW - timedelta(days=1), NOW, 4))


def test_the_first_two_weeks() -> None:
    facts = make(replace(SMALL, days=14), NOW)
    assert not _alarms(facts, hours_between(NOW - timedelta(days=13), NOW, 37))


def test_a_single_source() -> None:
    facts = make(Size(sources=1, days=20, articles_a_day=30, runs_a_day=24), NOW)
    assert not _alarms(facts, hours_between(NOW - timedelta(days=20), NOW, 61))


def test_a_handful_of_articles_a_day() -> None:
    facts = make(Size(sources=3, days=40, articles_a_day=3, runs_a_day=24), NOW)
    assert not _alarms(facts, hours_between(NOW - timedelta(days=40), NOW, 97))


@pytest.mark.parametrize("after_days", [0.1, 1.0, 3.0])
def test_a_few_ingests_by_hand(after_days: float) -> None:
    """Files of one afternoon, and then nothing: who ingests by hand is in no hurry."""
    facts = make(Size(sources=1, days=1, articles_a_day=200, runs_a_day=4), NOW)
    del facts["polls"], facts["source_settings"]
    assert not _alarms(facts, [NOW + timedelta(days=after_days)])
