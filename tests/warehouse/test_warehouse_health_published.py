"""Health of a real warehouse folder: the published view, further commits, limits, the machine."""

import platform
import shutil
import subprocess
import sys
from collections import namedtuple
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from benchmarks.history import present, write
from newsloom.alive import STATE_FILE, Process, State
from newsloom.errors import SettingsError
from warehouse.commit import commit
from warehouse.digest import Digest
from warehouse.health import CHECKS, Finding, Health, examine, read_limits, worst
from warehouse.lake import Lake
from warehouse.polling import POLL
from warehouse.published import Published

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    write(folder)
    return folder


@pytest.fixture(scope="module")
def troubled(past: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with further commits: a list that cannot be read, a failed and a killed run."""
    folder = tmp_path_factory.mktemp("copied") / "data"
    shutil.copytree(past, folder)
    with Lake(folder) as lake:
        for number in range(1, 5):
            with commit(lake) as writing:
                status = "failed" if number == 2 else "running"
                _event(writing, f"rtrouble{number > 2:d}", status)
                writing.append("polls", _failed_poll(number))
    return folder


def _event(writing: Any, run: str, status: str) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    row = {"run_id": run, "happened_at": present(), "status": status, "flow": "ingest",
           "items_found": 0, "host": platform.node(), "pid": ended.pid,
           "error": "WarehouseError: the disk is full" if status == "failed" else None}  # fmt: skip
    writing.append("run_events", pa.Table.from_pylist([row]))


def _failed_poll(failures: int) -> pa.Table:
    row = {"run_id": "rtrouble0", "source": "river-courier.example",
           "address": "https://river-courier.example/feed.xml", "polled_at": present(),
           "outcome": "failed", "reason": "http_error", "detail": "Status 502.",
           "failures": failures, "due_at": present() + timedelta(hours=1)}  # fmt: skip
    return pa.Table.from_pylist([row], schema=POLL)


def _examined(folder: Path, limits: dict[str, tuple[float, float]] | None = None) -> list[Finding]:
    with Digest(Published(folder)) as news:
        return examine(news, folder, limits)


def _status(folder: Path, **limits: tuple[float, float]) -> dict[str, Health]:
    return {f.name: f.status for f in _examined(folder, limits) if f.status is not Health.OK}


def test_the_checks_come_in_their_order(past: Path) -> None:
    assert [finding.name for finding in _examined(past)] == [check.name for check in CHECKS]


def test_further_commits_are_seen(troubled: Path) -> None:
    found = {finding.name: finding for finding in _examined(troubled)}
    assert found["failing_sources"].status is Health.WARN
    assert [s.name for s in found["failing_sources"].subjects] == ["river-courier.example"]
    assert "the disk is full" in found["failed_runs"].reason
    (killed,) = found["killed_runs"].subjects
    assert killed.name == "rtrouble1"
    told = worst(found.values())
    assert told is not None
    assert told.status is Health.WARN


@pytest.mark.parametrize("name", ["past", "troubled"])
def test_the_view_says_what_status_says(name: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(name)
    findings = {f.name: f for f in _examined(folder) if not f.check.live}
    with Published(folder) as news:
        rows = {row["name"]: row for row in news.query("FROM checks").to_pylist()}
    assert list(rows) == list(findings)
    for check, finding in findings.items():
        row, said = rows[check], finding.as_dict()
        for column in ("status", "unit", "meaning", "runbook", "since"):
            assert row[column] == said[column], (check, column)
        assert [s["name"] for s in row["subjects"]] == [s.name for s in finding.subjects]
        assert [s["status"] for s in row["subjects"]] == [str(s.status) for s in finding.subjects]
        moving = check in ("freshness", "snapshot_age")
        for column in ("value", "warn_at", "bad_at", "warn_below", "bad_below"):
            if not (moving and column == "value"):
                assert row[column] == (
                    said[column] if said[column] is None else pytest.approx(said[column], abs=1e-3)
                ), (check, column)
        if not moving:
            assert row["reason"] == said["reason"]


def test_limits_come_from_settings(past: Path) -> None:
    assert _status(past, small_files=(3, 1000))["small_files"] is Health.WARN
    assert _status(past, small_files=(3, 4))["small_files"] is Health.BAD
    assert read_limits(["small_files 3 4.5"]) == {"small_files": (3.0, 4.5)}


@pytest.mark.parametrize("line", ["small_files 3", "volume 3 4", "nothing 3 4", "disk few many"])
def test_limits_that_make_no_sense_are_refused(line: str) -> None:
    with pytest.raises(SettingsError):
        read_limits([line])


@pytest.mark.parametrize(
    ("free", "expected"), [(50, None), (4, Health.WARN), (0.5, Health.BAD), (0, Health.BAD)]
)
def test_a_disk_that_fills(
    past: Path, free: float, expected: Health | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = Usage(100 * 10**9, 50 * 10**9, int(free * 1e9))
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage)
    assert _status(past).get("disk") is expected


def test_a_server_that_was_killed(past: Path) -> None:
    gone = Process(2**22 - 3, 1.0)
    (past / STATE_FILE).write_text(State(gone, "http://127.0.0.1:1/api").as_json(), "utf-8")
    try:
        found = {finding.name: finding for finding in _examined(past)}
    finally:
        (past / STATE_FILE).unlink()
    assert found["server"].status is Health.BAD
    assert "was killed; start it again" in found["server"].reason
    assert found["worker"].status is Health.OK
