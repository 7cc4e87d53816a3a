"""Where the orchestrator is: found without importing it."""

import contextlib
import dataclasses
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from flows.where import configured_api, orchestrator_environment
from newsloom.alive import STATE_FILE, Process, State, healthy, read_state, running_api

URL = "http://127.0.0.1:4200/api"
PROFILES = """
active = "mine"

[profiles.mine]
PREFECT_API_URL = "http://mine.example/api"

[profiles.other]
PREFECT_API_URL = "http://other.example/api"

[profiles.ephemeral]
PREFECT_SERVER_EPHEMERAL_ENABLED = "true"
"""


class _Health(BaseHTTPRequestHandler):
    """Answers as Prefect's health check does; /slow/ never in time, /ill/ with an error."""

    def do_GET(self) -> None:
        if self.path == "/slow/api/health":
            time.sleep(2)
        code = 200 if self.path in ("/api/health", "/slow/api/health") else 500
        self.send_response(code)
        self.end_headers()
        # Who asked the slow one has gone by now.
        with contextlib.suppress(OSError):
            self.wfile.write(b"true" if code == 200 else b"oh dear")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Health) as httpd:
        httpd.daemon_threads = True
        httpd.block_on_close = False
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
        httpd.shutdown()


@pytest.fixture
def me() -> Process:
    process = Process.of(os.getpid())
    assert process is not None
    return process


def note(folder: Path, process: Process, api_url: str = URL) -> None:
    (folder / STATE_FILE).write_text(State(process, api_url, (process,)).as_json())


# Running


def test_the_running_server_is_found(tmp_path: Path, server: str, me: Process) -> None:
    note(tmp_path, me, f"{server}/api")
    assert running_api(tmp_path) == f"{server}/api"


@pytest.mark.parametrize("path", ["/ill/api", "/slow/api"])
def test_a_server_that_is_not_well_is_not_found(
    tmp_path: Path, server: str, me: Process, path: str
) -> None:
    note(tmp_path, me, server + path)
    assert running_api(tmp_path) is None


def test_no_server_where_none_was_started(tmp_path: Path) -> None:
    assert running_api(tmp_path) is None
    assert running_api(tmp_path / "missing") is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"pid": 1}', '{"pid": "x", "started": 0, "api_url": ""}']
)
def test_a_broken_state_file_is_no_server(tmp_path: Path, text: str) -> None:
    (tmp_path / STATE_FILE).write_text(text)
    assert read_state(tmp_path) is None
    assert running_api(tmp_path) is None


def test_the_note_of_a_dead_process_is_stale(tmp_path: Path, server: str) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        process = Process.of(child.pid)
        assert process is not None
        assert process.alive()
        child.kill()
        child.wait()
    assert not process.alive()
    note(tmp_path, process, f"{server}/api")
    assert running_api(tmp_path) is None


def test_a_process_number_that_was_given_anew_is_stale(
    tmp_path: Path, server: str, me: Process
) -> None:
    note(tmp_path, dataclasses.replace(me, started=me.started - 60), f"{server}/api")
    assert running_api(tmp_path) is None


def test_state_survives_the_file(tmp_path: Path, me: Process) -> None:
    note(tmp_path, me)
    assert read_state(tmp_path) == State(me, URL, (me,))


def test_there_is_no_process_without_a_process() -> None:
    assert Process.of(2**22 + 5) is None


@pytest.mark.parametrize("url", ["", "nonsense", "http://", "http://127.0.0.1:1/api", "http://[/"])
def test_an_address_without_a_server_is_not_healthy(url: str) -> None:
    assert not healthy(url)


# Configured


def test_nothing_is_configured_on_a_fresh_machine(tmp_path: Path) -> None:
    assert configured_api({"HOME": str(tmp_path)}) is None


def test_the_environment_comes_first(tmp_path: Path) -> None:
    (tmp_path / "profiles.toml").write_text(PROFILES)
    environ = {"PREFECT_API_URL": URL, "PREFECT_HOME": str(tmp_path)}
    assert configured_api(environ) == URL
    assert configured_api({**environ, "PREFECT_API_URL": ""}) == "http://mine.example/api"


@pytest.mark.parametrize(
    ("extra", "found"),
    [
        ({}, "http://mine.example/api"),
        ({"PREFECT_PROFILE": "other"}, "http://other.example/api"),
        ({"PREFECT_PROFILE": "ephemeral"}, None),
        ({"PREFECT_PROFILE": "unknown"}, None),
    ],
)
def test_the_active_profile_is_read(
    tmp_path: Path, extra: dict[str, str], found: str | None
) -> None:
    (tmp_path / ".prefect").mkdir()
    (tmp_path / ".prefect" / "profiles.toml").write_text(PROFILES)
    assert configured_api({"HOME": str(tmp_path), **extra}) == found


def test_profiles_may_lie_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(PROFILES)
    environ = {"HOME": str(tmp_path), "PREFECT_PROFILES_PATH": str(tmp_path / "mine.toml")}
    assert configured_api(environ) == "http://mine.example/api"


@pytest.mark.parametrize("text", ["active = ", "active = 3\nprofiles = 4", "[profiles]\nmine = 1"])
def test_broken_profiles_configure_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "profiles.toml").write_text(text)
    assert configured_api({"PREFECT_HOME": str(tmp_path), "PREFECT_PROFILE": "mine"}) is None


# The environment of the orchestrator's processes


def test_the_environment_is_private_quiet_and_tidy(tmp_path: Path) -> None:
    environ = orchestrator_environment(tmp_path, {"HOME": str(tmp_path), "PATH": "/bin"})
    assert environ["PATH"] == "/bin"
    assert environ["PREFECT_HOME"] == str(tmp_path / "prefect")
    assert environ["DO_NOT_TRACK"] == "1"
    assert environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert environ["PREFECT_LOGGING_LEVEL"] == "WARNING"
    assert environ["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] == "120"
    assert environ["PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED"] == "events,flow_runs"
    assert "NO_PROXY" not in environ


def test_what_the_user_set_stays(tmp_path: Path) -> None:
    given = {"HOME": "/nowhere", "PREFECT_HOME": "/home/of/mine", "PREFECT_LOGGING_LEVEL": "DEBUG"}
    environ = orchestrator_environment(tmp_path, given)
    assert {name: environ[name] for name in given} == given


def test_the_home_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    environ = orchestrator_environment(Path("data"), {"HOME": "/nowhere", "PREFECT_HOME": ""})
    assert environ["PREFECT_HOME"] == str(tmp_path / "data" / "prefect")


def test_the_profile_of_a_configured_server_stays_in_force(tmp_path: Path) -> None:
    (tmp_path / ".prefect").mkdir()
    profiles = tmp_path / ".prefect" / "profiles.toml"
    profiles.write_text(PROFILES)
    environ = orchestrator_environment(tmp_path, {"HOME": str(tmp_path)})
    assert environ["PREFECT_PROFILES_PATH"] == str(profiles)
    assert configured_api(environ) == "http://mine.example/api"


def test_a_proxy_is_not_asked_for_loopback(tmp_path: Path) -> None:
    given = {"HOME": "/nowhere", "HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "corp, localhost"}
    environ = orchestrator_environment(tmp_path, given)
    assert environ["NO_PROXY"] == environ["no_proxy"] == "corp,localhost,127.0.0.1,::1"
    assert orchestrator_environment(tmp_path, environ)["NO_PROXY"] == environ["NO_PROXY"]


@pytest.mark.parametrize("module", ["flows.where", "flows.up"])
def test_looking_does_not_import_the_orchestrator(module: str) -> None:
    check = f"import sys, {module}; sys.exit('prefect' in sys.modules or 'duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
