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
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import psutil
import pytest
from running_up import Up, free_port, wait_for
from support import ROOT
from watching import watch

import flows
from benchmarks import history
from flows.up import deployments, notes, processes, services, up
from flows.up.distress import Distress
from flows.up.processes import Service
from flows.up.server import WORKER, Server
from flows.up.supervisor import DEATHS_ALLOWED, Supervisor
from flows.up.table import Whereabouts, what_starts
from newsloom.alive import STATE_FILE, Process, State, running_api
from newsloom.errors import NewsloomError, UsageError
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


# The parts


def service(tmp_path: Path, code: str) -> Service:
    command = [sys.executable, "-c", code]
    return Service("part", command, dict(os.environ), tmp_path, tmp_path / "logs" / "part.log")


def test_a_version_changes_with_what_is_deployed(tmp_path: Path) -> None:
    here, again = deployments.find_project(tmp_path), deployments.find_project(tmp_path)
    elsewhere = deployments.find_project(tmp_path / "other")
    assert here.version == again.version != elsewhere.version
    assert set(here.names) == {
        "ingest-folder", "poll", "monitor", "replay", "backfill", "ingest-on-demand",
    }  # fmt: skip


def test_the_plan_keeps_other_servers_and_proxies_out(tmp_path: Path) -> None:
    given = {
        "PREFECT_API_URL": "https://cloud.example/api",
        "PREFECT_API_KEY": "secret",
        "PREFECT_PROFILE": "cloud",
        "PREFECT_SERVER_API_AUTH_STRING": "admin:pass",
        "http_proxy": "http://proxy:3128",
    }
    planned = services.plan(deployments.find_project(tmp_path), "0.0.0.0", 4321, given)
    environ = planned.worker.environ
    assert environ["PREFECT_API_URL"] == planned.api_url == "http://127.0.0.1:4321/api"
    assert environ["PREFECT_HOME"] == str(tmp_path / "prefect")
    assert environ["PREFECT_API_AUTH_STRING"] == planned.auth == "admin:pass"
    assert "127.0.0.1" in environ["no_proxy"]
    assert not {"PREFECT_API_KEY", "PREFECT_PROFILE"} & set(environ)
    assert not any("secret" in part or "pass" in part for part in planned.server.command)


def test_a_stubborn_process_is_killed_after_the_patience(tmp_path: Path) -> None:
    code = "import signal, time; signal.signal(15, signal.SIG_IGN); print('on', flush=True)"
    stubborn = service(tmp_path, f"{code}; time.sleep(60)")
    stubborn.start()
    assert wait_for(lambda: "on" in stubborn.last_lines(), 10)
    processes.end(stubborn.tree(), patience_seconds=0.5)
    assert wait_for(lambda: stubborn.exit_code, 5) == -signal.SIGKILL
    assert stubborn.how_it_ended() == "was ended by SIGKILL"


def test_what_a_killed_one_left_behind_is_found(tmp_path: Path) -> None:
    left = service(tmp_path, "import time; time.sleep(60)")
    left.start()
    assert left.process is not None
    process = Process.of(left.process.pid)
    assert process is not None
    gone = Process(process.pid, process.started - 100)
    (tmp_path / STATE_FILE).write_text(State(gone, "http://x/api", (process, gone)).as_json())
    assert [found.pid for found in notes.leftovers(tmp_path)] == [process.pid]
    processes.end(notes.leftovers(tmp_path), 5)
    assert wait_for(lambda: left.exit_code, 5) == -signal.SIGTERM
    assert notes.leftovers(tmp_path) == []


def test_a_long_log_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "LOG_LIMIT_BYTES", 10)
    for _ in range(2):
        talking = service(tmp_path, "print('a line of some length')")
        talking.start()
        assert wait_for(lambda: talking.exit_code is not None, 10)  # noqa: B023
    assert len((tmp_path / "logs" / "part.log").read_text().splitlines()) == 1
    assert (tmp_path / "logs" / "part.old.log").exists()


def test_a_service_that_keeps_dying_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    paused: list[float] = []
    monkeypatch.setattr(Supervisor, "_pause", lambda _, seconds: paused.append(seconds))
    planned = services.plan(deployments.find_project(tmp_path), "127.0.0.1", 1, {})
    planned.server.command = [sys.executable, "-c", "print('oh dear'); raise SystemExit(3)"]
    with Server(planned.api_url) as server:
        supervisor = Supervisor(planned, server, said.append)
        for _ in range(DEATHS_ALLOWED):
            assert supervisor._revive(planned.server)
            assert wait_for(lambda: planned.server.exit_code is not None, 10)
        assert not supervisor._revive(planned.server)
    assert paused == [1, 2, 4, 8, 16]
    assert "ended with exit code 3; starting it again in 16 s" in said[-2]
    assert "giving up" in said[-1]
    assert "oh dear" in said[-1]


class Told:
    """A plan whose monitor notes that it ran, and a time that passes as it is set."""

    def __init__(self, folder: Path) -> None:
        self.plan = services.plan(deployments.find_project(folder), "127.0.0.1", free_port(), {})
        self.plan.monitor.command = [sys.executable, "-c", "print('told')"]
        self.answers, self.now = True, 1000.0
        self.distress = Distress(self.plan, lambda: self.answers, lambda: self.now)

    def after(self, seconds: float, every: float = 5.0) -> int:
        """Look every so often for so long; return how often the monitor has run by then."""
        for _ in range(int(seconds / every)):
            self.now += every
            self.distress.look()
        if self.plan.monitor.process:
            self.plan.monitor.process.wait(20)
        log = self.plan.monitor.log
        return log.read_text().count("told") if log.exists() else 0


def test_a_server_that_is_silent_for_a_minute_has_the_monitor_run_directly(tmp_path: Path) -> None:
    told = Told(tmp_path)
    assert told.after(600) == 0
    told.answers = False
    assert told.after(50) == 0
    assert told.after(20) == 1
    assert told.after(280) == 1
    assert told.after(20) == 2
    told.answers = True
    assert told.after(600) == 2


def test_a_service_that_keeps_dying_has_the_monitor_run_directly(tmp_path: Path) -> None:
    told = Told(tmp_path)
    told.plan.worker.deaths[:] = [told.now, told.now]
    assert told.after(60) == 0
    told.plan.worker.deaths.append(told.now)
    assert told.after(60) == 1
    assert told.after(590, every=10) == 2
    assert told.after(600) == 2


def test_the_direct_pass_is_the_command_of_this_warehouse(tmp_path: Path) -> None:
    planned = services.plan(deployments.find_project(tmp_path), "::", 4200, {}, 4999)
    assert planned.monitor.command[-3:] == ["monitor", "--warehouse", str(tmp_path)]
    assert planned.dashboard.command[3:] == [
        "dashboard", "--warehouse", str(tmp_path), "--host", "::", "--port", "4999", "--no-open",
    ]  # fmt: skip
    assert planned.dashboard_url == "http://[::1]:4999"
    assert planned.dashboard in planned.lasting
    assert planned.monitor not in planned.lasting


class _Busy(BaseHTTPRequestHandler):
    """A server whose database is locked for its first two answers, and broken for others."""

    answered = 0

    def do_POST(self) -> None:
        _Busy.answered += 1
        busy, fine = _Busy.answered < 3, self.path == "/api/deployments/filter"
        self.send_response(503 if busy else 200 if fine else 500)
        self.end_headers()
        self.wfile.write(b"[]" if fine else b"oh dear")

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_a_busy_server_is_asked_again_and_a_broken_one_is_said() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Busy) as httpd:
        Thread(target=httpd.serve_forever, daemon=True).start()
        with Server(f"http://127.0.0.1:{httpd.server_address[1]}/api") as server:
            assert server.deployments(["a"]) == {}
            with pytest.raises(NewsloomError, match=r"workers/filter with 500: oh dear"):
                server.workers()
        httpd.shutdown()
    with Server("http://127.0.0.1:1/api") as server, pytest.raises(NewsloomError, match="answer"):
        server.workers()


def test_the_table_names_every_place(tmp_path: Path) -> None:
    rule = {"schedule": {"cron": "5 5 * * *"}, "slug": None, "active": True}
    folder = {"schedules": [{**rule, "slug": "hourly", "active": False}, rule]}
    starts = {"a": what_starts(folder), "b": what_starts({"schedules": []})}
    logs = {"server": tmp_path / "server.log"}
    table = Whereabouts(
        "http://x/api", "http://x", tmp_path, logs, "http://x:4280", starts
    ).as_table()
    assert table.splitlines()[2].split() == ["Dashboard", "http://x:4280"]
    assert "a: schedule 'hourly' is off, switch it on in the UI; schedule '5 5 * * *' is" in table
    assert "b: runs when you start it" in table
    assert all(text in table for text in ("http://x/api", str(tmp_path), "server.log", "Ctrl-C"))


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
