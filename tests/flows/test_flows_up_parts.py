"""The parts of `newsloom up`: its plan, its processes, what it asks the server, what it shows."""

import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from running_up import free_port, wait_for

from flows.up import deployments, notes, processes, services
from flows.up.distress import Distress
from flows.up.processes import Service
from flows.up.server import Server
from flows.up.supervisor import DEATHS_ALLOWED, Supervisor
from flows.up.table import Whereabouts, what_starts
from newsloom.alive import STATE_FILE, Process, State
from newsloom.errors import NewsloomError


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
