"""A run whose process was killed is marked so by the next one; no other ever is."""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pyarrow as pa
import pytest
from support import InlinePool, query

from newsloom.alive import is_gone
from newsloom.settings import Settings
from tasks import runs
from tasks.context import Context
from warehouse.commit import commit
from warehouse.lake import Lake

HERE = platform.node()


@pytest.fixture
def other() -> Iterator[psutil.Process]:
    """Another living process."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as started:
        yield psutil.Process(started.pid)
        started.communicate(b"\n")


def begun(process: psutil.Process) -> datetime:
    return datetime.fromtimestamp(process.create_time(), UTC).replace(tzinfo=None)


def dead_pid() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    return ended.pid


def begin(folder: Path, **runs: tuple[str, int, datetime]) -> None:
    """Write the beginnings of runs: their host, process and last sign of life."""
    with Lake(folder) as lake, commit(lake) as writing:
        writing.append("run_events", pa.Table.from_pylist([
            {"run_id": run_id, "happened_at": at, "status": "running", "flow": "ingest",
             "items_found": 0, "host": host, "pid": pid}
            for run_id, (host, pid, at) in runs.items()
        ]))  # fmt: skip


def begin_one(folder: Path, run_id: str) -> None:
    """Begin a run as every flow does."""
    with Lake(folder) as lake:
        runs.start(Context(Settings(), lake, InlinePool(1), run_id), "ingest", [])


def test_only_runs_whose_process_is_gone_are_marked(tmp_path: Path, other: psutil.Process) -> None:
    folder, now = tmp_path / "data", begun(other) + timedelta(seconds=1)
    begin(
        folder,
        gone=(HERE, dead_pid(), now - timedelta(hours=2)),
        number_given_anew=(HERE, other.pid, begun(other) - timedelta(minutes=1)),
        alive=(HERE, other.pid, now),
        elsewhere=("another-machine", dead_pid(), now),
    )
    begin_one(folder, "next")
    found = {row["run_id"]: row for row in query(folder, "FROM runs WHERE flow = 'ingest'")}
    assert {name: row["status"] for name, row in found.items()} == {
        "next": "running", "gone": "killed", "number_given_anew": "killed", "alive": "running",
        "elsewhere": "running",
    }  # fmt: skip
    # That it was seen to be over is no sign of life, nor part of how long it took.
    assert found["gone"]["last_event_at"] == now - timedelta(hours=2)
    assert found["gone"]["ended_at"] > now - timedelta(hours=1)
    assert found["gone"]["seconds"] == 0


def test_a_run_is_marked_once(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    begin(folder, gone=(HERE, dead_pid(), datetime(2026, 1, 1)))
    begin_one(folder, "first")
    begin_one(folder, "second")
    (counted,) = query(folder, "SELECT count(*) AS n FROM facts.run_events WHERE status = 'killed'")
    assert counted["n"] == 1


def test_this_very_process_is_not_gone() -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    assert not is_gone(HERE, os.getpid(), now)
    assert not is_gone("another-machine", os.getpid(), now - timedelta(days=9))
    assert is_gone(HERE, os.getpid(), now - timedelta(days=999))
