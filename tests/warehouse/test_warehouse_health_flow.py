"""Health checks of the flow of news and of the runs: well in a healthy past, and told apart."""

from datetime import timedelta

import pytest

from tests.warehouse.health_pasts import (
    BUSY,
    FOLDER,
    NOW,
    alarms,
    changed,
    findings,
    healthy,
    last_commit,
    odd,
)  # fmt: skip
from warehouse.health import CHECKS, Health

WARN, BAD = Health.WARN, Health.BAD


@pytest.mark.parametrize("days", range(7))
def test_a_healthy_past_alarms_on_no_day_of_the_week(days: int) -> None:
    assert not odd(findings(healthy(), NOW - timedelta(days=days, hours=3 * days)))


def test_every_check_speaks_in_whole_sentences() -> None:
    found = findings(healthy())
    for check in CHECKS:
        assert check.meaning[-1] in ".?"
        if not check.live:
            assert found[check.name].reason.endswith("."), found[check.name].reason


def test_a_standstill_shows_as_old_news_old_snapshots_and_late_sources() -> None:
    found = findings(healthy(), NOW + timedelta(hours=30))
    assert {"freshness", "snapshot_age", "late_sources", "volume"} <= set(odd(found))
    assert found["freshness"].status is BAD
    assert found["freshness"].since == found["freshness"].since
    assert "Nothing new for 3" in found["freshness"].reason


def test_a_third_of_the_usual_volume() -> None:
    status, found = alarms(
        item_events="SELECT * REPLACE (CASE WHEN status = 'new' AND within(seen_at, 24) "
        "AND hash(item_id) % 3 > 0 THEN 'unchanged' ELSE status END AS status) FROM rows"
    )
    assert set(status) == {"volume"}
    assert "far fewer than the usual" in found["volume"].reason


def test_several_times_the_usual_volume() -> None:
    status, found = alarms(
        item_events="SELECT * REPLACE (CASE WHEN status = 'unchanged' AND within(seen_at, 24) "
        "THEN 'new' ELSE status END AS status) FROM rows"
    )
    assert set(status) == {"volume"}
    assert "far more than the usual" in found["volume"].reason


def test_a_backfill_is_no_surge() -> None:
    run = "(SELECT arg_max(run_id, happened_at) FROM rows WHERE flow = 'ingest')"
    last = f"SELECT * REPLACE (CASE run_id WHEN {run} THEN 'backfill' ELSE flow END AS flow)"
    ids = healthy()["run_events"]
    ingests = [r for r, f in zip(ids["run_id"].to_pylist(), ids["flow"].to_pylist(), strict=True)
               if f == "ingest"]  # fmt: skip
    status, _ = alarms(
        run_events=f"{last} FROM rows",
        item_events="FROM rows UNION ALL BY NAME SELECT * REPLACE "
        f"('{ingests[-1]}' AS run_id, 'new' AS status) FROM rows WHERE status = 'unchanged' "
        "AND within(seen_at, 24)",
    )
    assert "volume" not in status


def test_rejects_are_told_by_reason() -> None:
    status, found = alarms(
        item_events="SELECT * EXCLUDE (bad) REPLACE ("
        "CASE WHEN bad THEN 'rejected' ELSE status END AS status, "
        "CASE WHEN bad THEN 'http_error' ELSE reason END AS reason) "
        "FROM (SELECT *, status = 'unchanged' AND within(seen_at, 20) AND ordinal % 4 = 0 AS bad "
        "FROM rows)"
    )
    assert set(status) == {"failure_share"}
    assert "http_error" in found["failure_share"].reason


def test_articles_that_wait_long_for_their_story() -> None:
    status, found = alarms(
        item_events="SELECT * REPLACE (CASE WHEN within(seen_at, 24) "
        "THEN discovered_at - INTERVAL 5 HOUR ELSE discovered_at END AS discovered_at) FROM rows"
    )
    assert status == {"clustering_delay": BAD}
    assert "half took at most 300" in found["clustering_delay"].reason


def test_a_daily_flow_that_misses_its_hours() -> None:
    cut = (
        "SELECT * REPLACE (CASE WHEN flow = 'ingest' AND within(happened_at, 72) THEN 'poll' "
        "ELSE flow END AS flow) FROM rows"
    )
    status, found = alarms(run_events=cut)
    assert set(status) == {"run_schedule"}
    (subject,) = found["run_schedule"].subjects
    assert subject.name == "ingest"
    assert "no ingest for" in subject.reason


def test_a_daily_flow_is_not_missed_before_its_hour() -> None:
    assert "run_schedule" not in odd(findings(healthy(), NOW + timedelta(hours=20)))


def _with_run(hours_ago: float, *events: str) -> str:
    """Return a SELECT of run events without those since, and with a run of these events."""
    commit = last_commit(healthy(), hours_ago)
    values = " UNION ALL BY NAME ".join(
        f"SELECT {commit} + {number} AS commit_id, 'rodd' AS run_id, {event}"
        for number, event in enumerate(events, 1)
    )
    return f"SELECT * FROM rows WHERE commit_id <= {commit} UNION ALL BY NAME {values}"


def test_a_run_that_takes_much_longer_than_its_like() -> None:
    select = _with_run(
        0.7, "'poll' AS flow, 'running' AS status, ago(0.69) AS happened_at, 0 AS items_found",
        "'completed' AS status, ago(0.01) AS happened_at, 0 AS items_found",
    )  # fmt: skip
    found = findings(changed(run_events=select))
    assert set(odd(found)) - {"late_sources"} == {"run_duration"}
    (subject,) = found["run_duration"].subjects
    assert (subject.name, subject.status) == ("rodd", WARN)
    assert "the poll took 41 minutes" in subject.reason


def test_a_run_without_a_sign_of_life() -> None:
    select = _with_run(
        2.5, "'poll' AS flow, 'running' AS status, ago(2.49) AS happened_at, 0 AS items_found"
    )
    found = findings(changed(run_events=select))
    assert {"stuck_runs", "run_duration"} <= set(odd(found))
    (subject,) = found["stuck_runs"].subjects
    assert (subject.name, subject.status) == ("rodd", BAD)
    assert "1 of 1 run under way gives no sign of life." in found["stuck_runs"].reason


def test_a_run_under_way_is_no_trouble() -> None:
    select = _with_run(
        0.1, "'poll' AS flow, 'running' AS status, ago(0.05) AS happened_at, 0 AS items_found"
    )
    assert "stuck_runs" not in odd(findings(changed(run_events=select)))


@pytest.mark.parametrize(("failed", "expected"), [(1, WARN), (3, BAD)])
def test_failed_runs(failed: int, expected: Health) -> None:
    status, found = alarms(
        run_events="SELECT * EXCLUDE (bad) "
        "REPLACE (CASE WHEN bad THEN 'failed' ELSE status END AS status), "
        "CASE WHEN bad THEN 'WarehouseError: the disk is full' END AS error FROM ("
        "SELECT *, status = 'completed' AND row_number() OVER (PARTITION BY status "
        f"ORDER BY commit_id DESC) <= {failed} AS bad FROM rows)"
    )
    assert status == {"failed_runs": expected}
    assert "the disk is full" in found["failed_runs"].reason
    assert found["failed_runs"].since is not None


def test_lost_items() -> None:
    status, found = alarms(
        item_events="SELECT * FROM rows QUALIFY row_number() OVER (PARTITION BY status "
        "ORDER BY seen_at DESC) > 2 OR status <> 'unchanged'"
    )
    assert status == {"unaccounted_items": BAD}
    assert found["unaccounted_items"].value == 2


def test_many_rejects_that_wait_for_another_try() -> None:
    select = (
        "SELECT * REPLACE ('fetch_timeout' AS reason) FROM rows UNION ALL BY NAME "
        "SELECT * REPLACE (locator || '-x' AS locator) FROM rows WHERE false"
    )
    status, found = alarms(rejects=select)
    assert set(status) == {"reject_age"}
    assert "may pass at another try" in found["reject_age"].reason


def test_a_clock_that_ran_ahead() -> None:
    facts = changed(
        run_events="SELECT * REPLACE (CASE WHEN commit_id = max(commit_id) OVER () "
        "THEN happened_at + INTERVAL 3 HOUR ELSE happened_at END AS happened_at) FROM rows"
    )
    found = findings(facts, latest=facts["run_events"].num_rows)
    assert found["clock"].status is BAD
    assert "minutes in the future" in found["clock"].reason


def test_a_clock_that_stepped_back() -> None:
    facts = changed(
        run_events="SELECT * REPLACE (CASE WHEN commit_id > max(commit_id) OVER () - 6 "
        "THEN happened_at - INTERVAL 3 HOUR ELSE happened_at END AS happened_at) FROM rows"
    )
    found = findings(facts, latest=facts["run_events"].num_rows)
    assert found["clock"].status is BAD
    assert "older than one written before it" in found["clock"].reason


def test_what_is_usual_differs_by_source() -> None:
    status, _ = alarms(
        item_events=f"SELECT * REPLACE (CASE WHEN source IN ('{BUSY}', '{FOLDER}') "
        "AND status = 'new' AND within(seen_at, 2) THEN 'unchanged' ELSE status END AS status) "
        "FROM rows"
    )
    assert "silent_sources" not in status
