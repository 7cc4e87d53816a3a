"""Checks that ask the machine: what no published file can know."""

import os
import shutil
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from newsloom.alive import Process, healthy, is_gone, read_state
from newsloom.errors import WarehouseError
from warehouse.folder import FILES_NAME
from warehouse.query import Queryable

Pair = tuple[float | None, float | None]
Rows = list[dict[str, Any]]

GB = 1e9
DAY_SECONDS = 86_400.0
ASK_SECONDS = 2.0
GROWTH_DAYS = 7
DAYS_LEFT = (14.0, 3.0)
POOL = "newsloom"


def row(value: float | None, reason: str, **more: Any) -> dict[str, Any]:
    """Return one row as the queries of checks return it."""
    names = ("subject", "warn_at", "bad_at", "warn_below", "bad_below", "since")
    return {**dict.fromkeys(names), "value": value, "reason": reason, **more}


def disk(news: Queryable, folder: Path, limits: Pair) -> Rows:
    """Free space, in GB and in days of growth: whichever is the shorter counts."""
    free = shutil.disk_usage(folder).free / GB
    growth = _growth_per_day(folder / FILES_NAME)
    warn, bad = (limits[at] or 0.0 for at in (0, 1))
    # An endless limit would be reached by any disk.
    warn_below = max(warn, min(DAYS_LEFT[0] * growth, 100 * warn))
    bad_below = max(bad, min(DAYS_LEFT[1] * growth, 100 * bad))
    days = f", {free / growth:,.0f} days at {growth:.2f} GB a day" if growth > 0.001 else ""
    return [row(free, f"{free:,.1f} GB free{days}.", warn_below=warn_below, bad_below=bad_below)]


def _growth_per_day(files: Path) -> float:
    """Return the GB a day that came in the last week; merged files count as new, so it is much."""
    oldest, since = time.time(), time.time() - GROWTH_DAYS * DAY_SECONDS
    grown = 0.0
    for parent, _, names in os.walk(files):
        for name in names:
            try:
                status = os.stat(Path(parent, name))  # noqa: PTH116 - a walk of many files
            except OSError:
                continue  # merged away meanwhile
            oldest = min(oldest, status.st_mtime)
            grown += status.st_size if status.st_mtime >= since else 0
    days = min(max((time.time() - oldest) / DAY_SECONDS, 0.0), GROWTH_DAYS)
    # Less than a day's growth says nothing about the next.
    return grown / GB / days if days >= 1 else 0.0


def readable(news: Queryable, folder: Path, limits: Pair) -> Rows:
    """Whether the published file can be read; what else is asked of it depends on that."""
    try:
        news.query("SELECT 1 FROM facts.run_events LIMIT 1")
    except WarehouseError as error:
        return [row(0.0, f"{error} {error.hint}".strip(), bad_below=0.0)]
    return [row(1.0, "The published file can be read.", bad_below=0.0)]


def killed_runs(news: Queryable, folder: Path, limits: Pair) -> Rows:
    """Runs of this machine that cannot end any more."""
    running = news.query(
        "SELECT run_id, flow, pid, host, started_at, last_event_at FROM runs "
        "WHERE status = 'running' ORDER BY started_at"
    ).to_pylist()
    dead = [run for run in running if is_gone(run["host"], run["pid"], run["last_event_at"])]
    rows = [
        row(1.0, f"The {run['flow']} was killed after {run['last_event_at']:%Y-%m-%d %H:%M} UTC; "
            "start it again, and it goes on.", subject=run["run_id"], warn_at=limits[0],
            since=run["last_event_at"])
        for run in dead
    ]  # fmt: skip
    said = f"{len(dead)} killed." if dead else "None was killed."
    return [row(float(len(dead)), said), *rows]


def server(news: Queryable, folder: Path, limits: Pair) -> Rows:
    """Whether the orchestrator answers, where there should be one."""
    state, api = read_state(folder), _api(folder)
    if api is None:
        return [row(None, "None is started here; newsloom up starts one.")]
    if state is not None and not state.process.alive():
        since = _begun(state.process)
        return [row(0.0, f"newsloom up (process {state.process.pid}) was killed; start it again.",
                    bad_below=0.0, since=since)]  # fmt: skip
    well = healthy(api, timeout_seconds=ASK_SECONDS)
    said = f"{api} answers." if well else f"{api} does not answer; see {folder}/logs/server.log."
    return [row(float(well), said, bad_below=0.0)]


def _begun(process: Process) -> datetime:
    return datetime.fromtimestamp(process.started, UTC).replace(tzinfo=None)


def worker(news: Queryable, folder: Path, limits: Pair) -> Rows:
    """Whether anybody takes on the runs, where a server answers."""
    api = _api(folder)
    if api is None or not healthy(api, timeout_seconds=ASK_SECONDS):
        return [row(None, "No server is up to ask.")]
    try:
        online = _workers(api)
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        return [row(None, f"The server does not say ({type(error).__name__}).")]
    if online is None:
        return [row(None, f"The server has no work pool {POOL!r}.")]
    said = f"{', '.join(online)} at work." if online else "No worker is online: runs only queue up."
    return [row(float(len(online)), said, bad_below=0.0)]


def _workers(api: str) -> list[str] | None:
    user, _, password = os.environ.get("PREFECT_SERVER_API_AUTH_STRING", "").partition(":")
    with httpx.Client(
        timeout=ASK_SECONDS, trust_env=False, auth=(user, password) if user else None
    ) as client:
        answer = client.post(f"{api}/work_pools/{POOL}/workers/filter", json={})
    if answer.status_code == httpx.codes.NOT_FOUND:
        return None
    answer.raise_for_status()
    return [str(found["name"]) for found in answer.json() if found["status"] == "ONLINE"]


def _api(folder: Path) -> str | None:
    state = read_state(folder)
    return state.api_url if state else os.environ.get("PREFECT_API_URL") or None


LIVE: Mapping[str, Callable[[Queryable, Path, Pair], Rows]] = {
    "readable": readable,
    "disk": disk,
    "killed_runs": killed_runs,
    "server": server,
    "worker": worker,
}
