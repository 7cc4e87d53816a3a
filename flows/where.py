"""Where the orchestrator is configured, and what its processes need, without importing it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
