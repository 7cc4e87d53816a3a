"""Runs the real `newsloom up` for tests: a real server and worker, on loopback, in a tmp folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import psutil

from flows.where import Process, read_state, running_api

START_SECONDS = 200.0
NEWSLOOM = [sys.executable, "-c", "from cli.main import main; main()"]


def free_port() -> int:
    """Return a port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment() -> dict[str, str]:
    """Return this environment without any setting of the orchestrator's."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}


def wait_for[T](what: Callable[[], T], seconds: float, every: float = 0.3) -> T:
    """Return the first true answer of `what`, or the last one when the time is over."""
    deadline = time.monotonic() + seconds
    while not (answer := what()) and time.monotonic() < deadline:
        time.sleep(every)
    return answer
