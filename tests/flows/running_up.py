"""Runs the real `newsloom up` for tests: a real server and worker, on loopback, in a tmp folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil

from newsloom.alive import Process, read_state, running_api

T = TypeVar("T")

START_SECONDS = 200.0
END_SECONDS = 60.0
BUSY_SECONDS = 90.0
COMMAND = [sys.executable, "-c", "from cli.main import main; main()", "up"]


def free_port() -> int:
    """Return a port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment() -> dict[str, str]:
    """Return this environment without any setting of the orchestrator's."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}


def wait_for(what: Callable[[], T], seconds: float, every: float = 0.3) -> T:
    """Return the first true answer of `what`, or the last one when the time is over."""
    deadline = time.monotonic() + seconds
    while not (answer := what()) and time.monotonic() < deadline:
        time.sleep(every)
    return answer


class _Patient(httpx.HTTPTransport):
    """Asks again while the server answers 503, as it does while its services hold its database."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        ask = super().handle_request
        deadline = time.monotonic() + BUSY_SECONDS
        while (answer := ask(request)).status_code == 503 and time.monotonic() < deadline:
            answer.close()
            time.sleep(0.5)
        return answer


class Up:
    """One `newsloom up`, as a user would start it, in a process group as a terminal makes it."""

    def __init__(self, warehouse: Path) -> None:
        self.warehouse = warehouse
        self.port, self.dashboard_port = free_port(), free_port()
        self.output = warehouse / "up-output.txt"
        warehouse.mkdir(parents=True, exist_ok=True)
        self._process = self.command(self.output)
        self._wait_until_up()
        self.client = httpx.Client(
            base_url=self.api_url, timeout=30, transport=_Patient(), trust_env=False
        )

    def command(self, output: Path) -> subprocess.Popen[bytes]:
        """Start another one for the same warehouse and port."""
        with output.open("wb") as file:
            ports = ["--port", str(self.port), "--dashboard-port", str(self.dashboard_port)]
            arguments = ["--warehouse", str(self.warehouse), *ports]
            return subprocess.Popen(
                [*COMMAND, *arguments],
                # Any folder will do: the project is found from the package's place.
                cwd=self.warehouse,
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _wait_until_up(self) -> None:
        def settled() -> bool:
            return "Newsloom is up" in self.said or self._process.poll() is not None

        if not wait_for(settled, START_SECONDS) or self._process.poll() is not None:
            self._process.kill()
            raise AssertionError(f"newsloom up did not come up:\n{self.said}")

    @property
    def said(self) -> str:
        return self.output.read_text("utf-8", errors="replace")

    @property
    def api_url(self) -> str:
        url = running_api(self.warehouse)
        assert url == f"http://127.0.0.1:{self.port}/api"
        return url

    @property
    def pid(self) -> int:
        return self._process.pid

    def tree(self) -> list[Process]:
        """Return every process that this one has started, at any remove."""
        state = read_state(self.warehouse)
        noted = list(state.children) if state else []
        below = psutil.Process(self._process.pid).children(recursive=True)
        return [*noted, *filter(None, (Process.of(child.pid) for child in below))]

    def end(self, number: int = signal.SIGINT) -> int:
        """Press Ctrl-C, as a terminal does it: the whole foreground group hears it."""
        self.client.close()
        if self._process.poll() is None:
            os.killpg(self._process.pid, number)
        try:
            return self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            raise

    # What the tests ask the server

    def deployment(self, name: str) -> dict[str, Any]:
        wanted = {"deployments": {"name": {"any_": [name]}}}
        answer = self.client.post("/deployments/filter", json=wanted).raise_for_status()
        found: dict[str, Any]
        (found,) = answer.json()
        return found

    def start_run(self, name: str, **parameters: Any) -> httpx.Response:
        """Start a run of a deployment; the answer may be a refusal."""
        path = f"/deployments/{self.deployment(name)['id']}/create_flow_run"
        body = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
        return self.client.post(path, json=body)

    def run_state(self, run_id: str) -> dict[str, Any]:
        answer = self.client.get(f"/flow_runs/{run_id}").raise_for_status()
        state: dict[str, Any] = answer.json()["state"]
        return state

    def reaches(self, run_id: str, states: set[str], seconds: float) -> dict[str, Any]:
        """Return the run's state once its type is one of these, or the last one seen."""
        wait_for(lambda: self.run_state(run_id)["type"] in states, seconds)
        return self.run_state(run_id)

    def runs(self, name: str, *states: str) -> list[dict[str, Any]]:
        """Return the runs of a deployment that are in these states."""
        wanted = {
            "deployments": {"name": {"any_": [name]}},
            "flow_runs": {"state": {"type": {"any_": list(states)}}},
        }
        found: list[dict[str, Any]] = (
            self.client.post("/flow_runs/filter", json=wanted).raise_for_status().json()
        )
        return found
