"""Health checks of sources: silent, failing, late and broken ones, and none that is well."""

from dataclasses import replace
from datetime import timedelta

import pytest

from benchmarks.history import SMALL, make
from benchmarks.history.rewind import Rewound
from benchmarks.history.words import source_name
from tests.warehouse.health_pasts import (
    BUSY,
    FOLDER,
    MIDDLING,
    NOW,
    SLOW,
    alarms,
    changed,
    findings,
    healthy,
    odd,
)  # fmt: skip
from warehouse.health import Health

WARN, BAD = Health.WARN, Health.BAD


def _without_new(source: str, hours: float) -> str:
    return (
        f"SELECT * REPLACE (CASE WHEN source = '{source}' AND status = 'new' "
        f"AND within(seen_at, {hours}) THEN 'unchanged' ELSE status END AS status) FROM rows"
    )


@pytest.mark.parametrize(("source", "hours"), [(BUSY, 14), (MIDDLING, 40), (SLOW, 24 * 9)])
def test_a_silent_source_by_its_own_habits(source: str, hours: float) -> None:
    status, found = alarms(item_events=_without_new(source, hours))
    assert status == {"silent_sources": WARN}
    (subject,) = found["silent_sources"].subjects
    assert subject.name == source
    assert "nothing new for" in subject.reason
    assert found["silent_sources"].since == subject.since
    assert subject.since is not None
    assert subject.since < NOW - timedelta(hours=hours - 1)


@pytest.mark.parametrize(("source", "hours"), [(BUSY, 2), (MIDDLING, 14), (SLOW, 30)])
def test_a_pause_is_no_silence(source: str, hours: float) -> None:
    status, _ = alarms(item_events=_without_new(source, hours))
    assert not status


def test_a_list_that_stays_the_same_is_told() -> None:
    _, found = alarms(
        item_events=_without_new(BUSY, 30),
        polls=f"SELECT * REPLACE (CASE WHEN source = '{BUSY}' AND within(polled_at, 31) "
        "THEN 'same' ELSE content_hash END AS content_hash) FROM rows",
    )
    (subject,) = found["silent_sources"].subjects
    assert "Its list was the same at all" in subject.reason


def test_a_list_that_changes_without_news_is_told() -> None:
    _, found = alarms(item_events=_without_new(BUSY, 30))
    (subject,) = found["silent_sources"].subjects
    assert subject.reason.endswith("Its list is read, and names nothing new.")


def test_a_folder_that_gets_no_files_is_told() -> None:
    _, found = alarms(item_events=_without_new(FOLDER, 24 * 8))
    (subject,) = found["silent_sources"].subjects
    assert "No list of it is polled" in subject.reason


def test_who_is_paused_or_no_longer_listed_may_be_silent() -> None:
    for ending in ("true AS paused", "NULL AS kind"):
        status, _ = alarms(
            item_events=_without_new(BUSY, 30),
            source_settings="FROM rows UNION ALL BY NAME SELECT * REPLACE (2 AS commit_id, "
            f"{ending}) FROM rows WHERE source = '{BUSY}'",
        )
        assert "silent_sources" not in status


def test_many_silent_sources_are_bad() -> None:
    names = ", ".join(f"'{source_name(number)}'" for number in (1, 2, 3))
    status, _ = alarms(
        item_events=f"SELECT * REPLACE (CASE WHEN source IN ({names}) AND status = 'new' "
        "AND within(seen_at, 72) THEN 'unchanged' ELSE status END AS status) FROM rows"
    )
    assert status["silent_sources"] is BAD


def test_a_weekly_source_is_missed_after_its_hour_and_not_before() -> None:
    weekly = source_name(11)
    facts = make(replace(SMALL, days=84, articles_a_day=40, runs_a_day=24), NOW)
    news = facts["item_events"].to_pylist()
    last = max(r["seen_at"] for r in news if r["source"] == weekly and r["status"] == "new")
    silent = {}
    with Rewound(facts) as rewound:
        for days in (1, 6, 8, 22):
            rewound.go_to(last + timedelta(days=days))
            subjects = rewound.findings()["silent_sources"].subjects
            silent[days] = weekly in {subject.name for subject in subjects}
    assert silent == {1: False, 6: False, 8: False, 22: True}


def _failing(*sources: str, looks: int) -> str:
    names = ", ".join(f"'{source}'" for source in sources)
    return (
        "SELECT * EXCLUDE (number) REPLACE ("
        f"CASE WHEN number <= {looks} THEN 'failed' ELSE outcome END AS outcome, "
        f"CASE WHEN number <= {looks} THEN 'http_error' END AS reason, "
        f"CASE WHEN number <= {looks} THEN 'Status 502.' END AS detail, "
        f"CASE WHEN number <= {looks} THEN {looks} + 1 - number ELSE failures END AS failures) "
        f"FROM (SELECT *, CASE WHEN source IN ({names}) THEN row_number() OVER ("
        "PARTITION BY source ORDER BY commit_id DESC) ELSE 999 END AS number FROM rows)"
    )


def test_a_failing_source() -> None:
    status, found = alarms(polls=_failing(MIDDLING, looks=4))
    assert status == {"failing_sources": WARN}
    (subject,) = found["failing_sources"].subjects
    assert subject.reason == "the last 4 looks failed (http_error). Status 502."
    assert found["failing_sources"].since is not None


def test_two_failures_in_a_row_are_nothing_yet() -> None:
    status, _ = alarms(polls=_failing(MIDDLING, looks=2))
    assert not status


def test_many_failing_sources_are_bad() -> None:
    status, _ = alarms(polls=_failing(BUSY, MIDDLING, SLOW, looks=3))
    assert status == {"failing_sources": BAD}


def test_a_source_that_nobody_looks_at() -> None:
    status, found = alarms(
        polls=f"SELECT * FROM rows WHERE NOT (source = '{MIDDLING}' AND within(polled_at, 12))"
    )
    assert status == {"late_sources": WARN}
    assert MIDDLING in found["late_sources"].reason


def test_nobody_polls_at_all() -> None:
    status, _ = alarms(polls="SELECT * FROM rows WHERE NOT within(polled_at, 12)")
    assert status == {"late_sources": BAD}


def test_who_polls_once_in_a_night_is_not_late_all_day() -> None:
    nightly = (
        "SELECT * FROM rows QUALIFY row_number() OVER "
        "(PARTITION BY source, polled_at::DATE ORDER BY polled_at) = 1"
    )
    facts = changed(polls=nightly)
    assert "late_sources" not in odd(findings(facts))
    assert "late_sources" in odd(findings(facts, NOW + timedelta(hours=60)))


def _articles(source: str, change: str) -> str:
    return (
        f"SELECT * REPLACE ({change}) FROM (SELECT *, source = '{source}' "
        "AND within(seen_at, 48) AS hit FROM rows)"
    ).replace("* REPLACE", "* EXCLUDE (hit) REPLACE")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("CASE WHEN hit THEN '' ELSE title END AS title", "without a headline"),
        (
            "CASE WHEN hit THEN 'fetched' ELSE published_from END AS published_from",
            "without a date",
        ),
        ("CASE WHEN hit THEN word_count // 5 ELSE word_count END AS word_count", "texts of"),
        ("CASE WHEN hit THEN word_count * 5 ELSE word_count END AS word_count", "texts of"),
    ],
)
def test_a_changed_template(change: str, said: str) -> None:
    status, found = alarms(article_revisions=_articles(MIDDLING, change))
    assert status == {"broken_sources": WARN}
    (subject,) = found["broken_sources"].subjects
    assert subject.name == MIDDLING
    assert said in subject.reason


def test_pages_without_an_article_in_them() -> None:
    bad = f"source = '{MIDDLING}' AND within(seen_at, 48) AND status = 'new'"
    status, found = alarms(
        item_events="SELECT * EXCLUDE (bad) REPLACE (CASE WHEN bad THEN 'rejected' ELSE status END "
        "AS status, CASE WHEN bad THEN 'no_text' ELSE reason END AS reason) "
        f"FROM (SELECT *, {bad} AS bad FROM rows)"
    )
    assert set(status) - {"silent_sources"} == {"broken_sources"}
    assert "no article was found" in found["broken_sources"].subjects[0].reason


def test_all_sources_are_named_in_the_reason_of_none() -> None:
    found = findings(healthy())
    assert not any(f.subjects for f in found.values())
