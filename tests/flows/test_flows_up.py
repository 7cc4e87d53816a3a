"""`newsloom up`: it says what is wrong, it keeps its children alive, and it leaves none behind."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from running_up import Up, free_port, wait_for
from support import ROOT
from watching import watch

import flows
from benchmarks import history
from flows.up import deployments, notes, up
from flows.up.server import WORKER
from newsloom.alive import STATE_FILE, running_api
from newsloom.errors import UsageError
from warehouse.folder import PUBLISHED_NAME

ARTICLES = 4000


# What is wrong is said


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port} .* cannot be used") as raised:
            up(warehouse=tmp_path, port=port, say=print)
    assert "--port" in raised.value.hint
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port} .* cannot be used") as raised:
            up(warehouse=tmp_path, port=free_port(), dashboard_port=port, say=print)
    assert "--dashboard-port" in raised.value.hint
    assert not (tmp_path / STATE_FILE).exists()


def test_a_foreign_address_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"192\.0\.2\.1 cannot be used"):
        up(warehouse=tmp_path, host="192.0.2.1", port=free_port(), say=print)


def test_a_second_one_for_the_same_warehouse_is_refused(tmp_path: Path) -> None:
    with notes.sole_run(tmp_path):
        notes.StateFile(tmp_path, "http://127.0.0.1:4200/api").update()
        with pytest.raises(UsageError, match=rf"already running .*process {os.getpid()}, http:"):
            up(warehouse=tmp_path, port=free_port(), say=print)
    assert not (tmp_path / STATE_FILE).exists()
    with notes.sole_run(tmp_path):
        pass


def test_a_missing_project_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows, "__file__", str(tmp_path / "flows" / "__init__.py"))
    with pytest.raises(UsageError, match=r"has no prefect\.yaml"):
        up(warehouse=tmp_path / "data", port=free_port(), say=print)


@pytest.mark.parametrize("text", ["deployments: [", "deployments: 3", "deployments: [{}]", "[]"])
def test_a_broken_project_file_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(flows, "__file__", str(tmp_path / "flows" / "__init__.py"))
    (tmp_path / "prefect.yaml").write_text(text)
    with pytest.raises(UsageError, match=r"prefect\.yaml cannot be read"):
        deployments.find_project(tmp_path)


UNLUCKY = """
import sys
from pathlib import Path
import psutil
from flows.up import up
from newsloom.errors import NewsloomError

sys.executable, folder, *ports = sys.argv[1:]
port, dashboard_port = map(int, ports)
try:
    up(warehouse=Path(folder), port=port, dashboard_port=dashboard_port, say=print)
except NewsloomError as error:
    print("said:", error)
print("left:", psutil.Process().children())
"""


def test_a_server_that_does_not_start_is_said_with_its_log(tmp_path: Path) -> None:
    unlucky = _script(tmp_path, "echo no luck today; exit 7")
    # In a process of its own: at its end `up` ends whatever runs below its process.
    called = subprocess.run(
        [sys.executable, "-c", UNLUCKY, unlucky, str(tmp_path), *map(str, two_ports())],
        capture_output=True, text=True, timeout=120, check=True, cwd=ROOT,
    )  # fmt: skip
    assert re.search(r"said: .*server ended with exit code 7.*server\.log", called.stdout)
    assert "no luck today" in called.stdout
    assert "left: []" in called.stdout
    assert not (tmp_path / STATE_FILE).exists()


def two_ports() -> tuple[int, int]:
    return free_port(), free_port()


def _script(folder: Path, text: str) -> str:
    file = folder / "script.sh"
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return str(file)


# The real thing


@pytest.fixture
def running(warehouse: Path) -> Iterator[Up]:
    one = Up(warehouse)
    yield one
    one.end(signal.SIGKILL)


@pytest.fixture
def many_articles(tmp_path: Path) -> Path:
    text = "The council of Porto Velas met again to speak about bridge number {0}. " * 12
    rows = ({"id": str(n), "title": f"Bridge {n}", "text": text.format(n)} for n in range(ARTICLES))
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    return file


@pytest.mark.timeout(400)
def test_up_mends_itself_and_ctrl_c_leaves_no_process(running: Up, many_articles: Path) -> None:
    refuses_a_second_one(running)
    shows_the_dashboard(running)
    restarts_a_killed_worker(running)
    shows_the_dashboard(running)
    run_id = runs_one_at_a_time(running, many_articles)
    tree = running.tree()
    assert len(tree) >= 3  # the server, the worker and the flow run at least
    assert running.end() == 0
    assert [process for process in tree if process.alive()] == []
    assert running_api(running.warehouse) is None
    assert not (running.warehouse / STATE_FILE).exists()
    assert "All processes have ended." in running.said
    socket.create_server(("127.0.0.1", running.port)).close()
    assert state_in_database(running.warehouse, run_id) == "CRASHED"


def refuses_a_second_one(running: Up) -> None:
    output = running.warehouse / "second-output.txt"
    assert running.command(output).wait(60) == 2
    assert f"process {running.pid}" in output.read_text()


def shows_the_dashboard(running: Up) -> None:
    url = f"http://127.0.0.1:{running.dashboard_port}"
    assert f"Dashboard    {url}" in running.said

    def answers() -> bool:
        try:
            # Nothing was ever ingested here, so it has nothing to show; but it says so itself.
            return httpx.get(url, timeout=20, trust_env=False).status_code in (200, 503)
        except httpx.TransportError:
            return False

    assert wait_for(answers, 60)


def restarts_a_killed_worker(running: Up) -> None:
    def workers() -> list[psutil.Process]:
        children = psutil.Process(running.pid).children()
        return [child for child in children if WORKER in child.cmdline()]

    (before,) = workers()
    before.kill()
    assert wait_for(lambda: "The worker was ended by SIGKILL" in running.said, 20)
    assert wait_for(lambda: [w.pid for w in workers()] not in ([], [before.pid]), 30)


def runs_one_at_a_time(running: Up, articles: Path) -> str:
    """Start a run, then a second one, which is cancelled; returns the first one's id."""
    first = str(running.start_run("ingest-folder", inputs=[str(articles)]).json()["id"])
    assert running.reaches(first, {"RUNNING", "FAILED"}, 60)["type"] == "RUNNING"
    second = str(running.start_run("ingest-folder", inputs=["seeds"]).json()["id"])
    assert running.reaches(second, {"CANCELLED", "RUNNING"}, 60)["type"] == "CANCELLED"
    assert running.run_state(first)["type"] == "RUNNING"
    return first


def state_in_database(warehouse: Path, run_id: str) -> str:
    """Read how a run stands, with no server to ask."""
    database = sqlite3.connect(warehouse / "prefect" / "prefect.db")
    query = "SELECT state_type FROM flow_run WHERE replace(id, '-', '') = ?"
    try:
        (state,) = database.execute(query, [run_id.replace("-", "")]).fetchone()
    finally:
        database.close()
    return str(state)


@pytest.mark.timeout(400)
def test_a_killed_one_leaves_nothing_that_the_next_does_not_find(running: Up) -> None:
    tree = running.tree()
    assert running.end(signal.SIGKILL) == -signal.SIGKILL
    # On Linux the children are told when their parent goes.
    wait_for(lambda: not any(process.alive() for process in tree), 30)
    assert {found.pid for found in notes.leftovers(running.warehouse)} == {
        process.pid for process in tree if process.alive()
    }
    assert running_api(running.warehouse) is None
    if not (running.warehouse / PUBLISHED_NAME).exists():  # a scheduled run may have come before
        history.write(running.warehouse)
    watch(running.warehouse).says("server", "was killed; start it again")
