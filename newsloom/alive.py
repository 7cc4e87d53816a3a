"""What `newsloom up` notes about itself, and whether it still runs and its server answers.

Importing Prefect costs seconds, so whoever only wants to know whether a server is up asks here: a
few files, one short request, nothing heavy.
"""

import http.client
import json
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import psutil

STATE_FILE = "up.json"
HEALTH_TIMEOUT_SECONDS = 0.5

# The clock that process start times come from is coarse, and JSON keeps them as decimal numbers.
START_TOLERANCE_SECONDS = 0.5
# A clock that is set right meanwhile moves the start of every process.
SIGN_TOLERANCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Process:
    """One process, told apart from a later one with the same number by its start time."""

    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> "Process | None":
        """Return the process that has this number now, if there is one."""
        try:
            return cls(pid, psutil.Process(pid).create_time())
        except psutil.Error:
            return None

    def alive(self) -> bool:
        """Say whether this very process still runs (one that only awaits its parent does not)."""
        try:
            found = psutil.Process(self.pid)
            gone = found.status() == psutil.STATUS_ZOMBIE
            return not gone and abs(found.create_time() - self.started) < START_TOLERANCE_SECONDS
        except psutil.Error:
            return False


@dataclass(frozen=True, slots=True)
class State:
    """What `newsloom up` notes about itself: who runs, where, and which processes are its own."""

    process: Process
    api_url: str
    children: tuple[Process, ...] = field(default=())

    def as_json(self) -> str:
        """Return the text of the state file."""
        return json.dumps(
            {
                "pid": self.process.pid,
                "started": self.process.started,
                "api_url": self.api_url,
                "children": [[child.pid, child.started] for child in self.children],
            }
        )


def read_state(warehouse: Path) -> State | None:
    """Return what the last `newsloom up` of this warehouse noted, None if nothing readable."""
    try:
        noted = json.loads((warehouse / STATE_FILE).read_text("utf-8"))
        children = tuple(Process(int(pid), float(started)) for pid, started in noted["children"])
        owner = Process(int(noted["pid"]), float(noted["started"]))
        return State(owner, str(noted["api_url"]), children)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_gone(host: str, pid: int, last_sign: datetime) -> bool:
    """Say whether what ran as `pid` on `host`, and lived at `last_sign` (UTC), is surely over.

    A process that began after the last sign is another one that was given the same number. What
    ran on another machine cannot be known from here.
    """
    if host != platform.node():
        return False
    try:
        found = psutil.Process(pid)
        if found.status() == psutil.STATUS_ZOMBIE:
            return True
        signed = last_sign.replace(tzinfo=UTC).timestamp()
        return bool(found.create_time() > signed + SIGN_TOLERANCE_SECONDS)
    except psutil.NoSuchProcess:
        return True
    except psutil.Error:
        return False


def running_api(warehouse: Path) -> str | None:
    """Return the API URL of the running `newsloom up` of this warehouse, if it answers."""
    state = read_state(warehouse)
    if state is None or not state.process.alive():
        return None
    return state.api_url if healthy(state.api_url) else None


def healthy(api_url: str, timeout_seconds: float = HEALTH_TIMEOUT_SECONDS) -> bool:
    """Ask the Prefect API whether it is well; any trouble is a no."""
    # http.client because it asks no proxy: the servers asked here are this machine's own.
    try:
        parts = urlsplit(api_url)
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=timeout_seconds)
    except (ValueError, http.client.HTTPException):
        return False
    try:
        connection.request("GET", f"{parts.path.rstrip('/')}/health")
        return connection.getresponse().read(16).strip() == b"true"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
