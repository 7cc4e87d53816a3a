"""Where the orchestrator is: found, or described, without importing it.

Importing Prefect costs seconds, so a command that only wants to know whether a server is up asks
here: a few files, one short request, nothing heavy.
"""

import http.client
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

STATE_FILE = "up.json"
HEALTH_TIMEOUT_SECONDS = 0.5

# The clock that process start times come from is coarse, and JSON keeps them as decimal numbers.
START_TOLERANCE_SECONDS = 0.5

# What Newsloom sets for Prefect processes unless the user did.
_DEFAULTS = {
    # Nothing leaves the machine. Without network the second logs an error every ten minutes.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    # Prefect's own 20 s are too few for a new database on a busy machine.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    # Old runs go as well as old events; otherwise the server's database grows without end.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    # A run that died without a word is noticed after minutes, not after a quarter of an hour.
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
}


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


def configured_api(environ: Mapping[str, str]) -> str | None:
    """Return the API URL that the user has configured for Prefect, as Prefect would find it."""
    return environ.get("PREFECT_API_URL") or _profile_api(environ)


def orchestrator_environment(warehouse: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Return `environ` with what Prefect processes need; whatever the user has set stays."""
    result = {**_DEFAULTS, **environ}
    if not environ.get("PREFECT_API_URL") and _profile_api(environ):
        # The home moves, but the profile that names the user's server must stay in force.
        result.setdefault("PREFECT_PROFILES_PATH", str(_profiles_path(environ)))
    if not result.get("PREFECT_HOME"):
        result["PREFECT_HOME"] = str(warehouse.absolute() / "prefect")
    return result | _no_proxy_for_loopback(environ)


def _no_proxy_for_loopback(environ: Mapping[str, str]) -> dict[str, str]:
    """Keep requests to this machine's own server off a proxy that the user has set."""
    if not any(name.lower().endswith("_proxy") for name in environ):
        return {}
    exempt = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    hosts = [host.strip() for host in exempt.split(",") if host.strip()]
    hosts += [host for host in ("127.0.0.1", "localhost", "::1") if host not in hosts]
    return {"no_proxy": ",".join(hosts), "NO_PROXY": ",".join(hosts)}


def _profile_api(environ: Mapping[str, str]) -> str | None:
    content = _profiles(_profiles_path(environ))
    active = environ.get("PREFECT_PROFILE") or content.get("active")
    profiles = content.get("profiles")
    chosen = profiles.get(active) if isinstance(profiles, dict) else None
    url = chosen.get("PREFECT_API_URL") if isinstance(chosen, dict) else None
    return str(url) if url else None


def _profiles(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        # Absent or broken: Prefect too goes on without it.
        return {}


def _profiles_path(environ: Mapping[str, str]) -> Path:
    home = Path(environ.get("HOME") or Path.home())
    if path := environ.get("PREFECT_PROFILES_PATH"):
        return Path(path).expanduser()
    if prefect_home := environ.get("PREFECT_HOME"):
        return Path(prefect_home).expanduser() / "profiles.toml"
    return home / ".prefect" / "profiles.toml"
