"""The few questions that `newsloom up` asks the Prefect server, over its documented HTTP API."""

import contextlib
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import httpx

from newsloom.alive import healthy
from newsloom.errors import NewsloomError

POOL = "newsloom"
WORKER = "newsloom up"

# Two runs side by side: the second reads and works while the first commits. More would only
# wait for the warehouse's lock, each with a language model in memory. The third is for the monitor,
# which needs neither and must not wait for them.
POOL_LIMIT = 3

REQUEST_TIMEOUT_SECONDS = 30.0
BUSY_PAUSES_SECONDS = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
_UNFINISHED = ["RUNNING", "PENDING", "CANCELLING"]


class Server:
    """One Prefect server."""

    def __init__(self, api_url: str, auth: str | None = None) -> None:
        self.api_url = api_url
        user, _, password = (auth or "").partition(":")
        # Proxies from the environment have no business with a server on this machine.
        self._client = httpx.Client(
            timeout=REQUEST_TIMEOUT_SECONDS,
            trust_env=False,
            auth=(user, password) if auth else None,
        )

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def healthy(self) -> bool:
        """Say whether the server is ready for requests."""
        return healthy(self.api_url, timeout_seconds=2.0)

    def ensure_pool(self) -> None:
        """Make the work pool; one that is there, perhaps with changes by the user, stays."""
        if self._ask("GET", f"/work_pools/{POOL}", allowed=(404,)).status_code == 404:
            pool = {"name": POOL, "type": "process", "concurrency_limit": POOL_LIMIT}
            self._ask("POST", "/work_pools/", {**pool, "description": "Runs of Newsloom's flows."})

    def forget_worker(self) -> None:
        """Drop the record of our former worker, which would pass for the new one for a while."""
        path = f"/work_pools/{POOL}/workers/{quote(WORKER)}"
        self._ask("DELETE", path, allowed=(404,))

    def workers(self) -> set[str]:
        """Return the names of the workers that serve the pool now."""
        found = self._ask("POST", f"/work_pools/{POOL}/workers/filter", {}).json()
        return {str(worker["name"]) for worker in found if worker["status"] == "ONLINE"}

    def deployments(self, names: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return the deployments of these names that use the pool, by name."""
        wanted = {
            "deployments": {"name": {"any_": list(names)}},
            "work_pools": {"name": {"any_": [POOL]}},
        }
        found = self._ask("POST", "/deployments/filter", wanted).json()
        return {str(deployment["name"]): deployment for deployment in found}

    def change_deployment(self, deployment_id: str, **changes: Any) -> None:
        """Change some fields of a deployment."""
        self._ask("PATCH", f"/deployments/{deployment_id}", changes)

    def switch_schedule(self, deployment_id: str, schedule_id: str, active: bool) -> None:
        """Switch one schedule of a deployment on or off."""
        path = f"/deployments/{deployment_id}/schedules/{schedule_id}"
        self._ask("PATCH", path, {"active": active})

    def add_schedule(self, deployment_id: str, like: dict[str, Any]) -> None:
        """Add a schedule to a deployment, with rule, parameters and state of another."""
        body = {name: like[name] for name in ("schedule", "active", "parameters") if name in like}
        self._ask("POST", f"/deployments/{deployment_id}/schedules", [body])

    def close_lost_runs(self, why: str) -> int:
        """Mark the pool's unfinished runs as crashed, and return how many there were.

        To be called when no worker of ours is at work: then nobody else will ever finish them,
        and each would block its deployment's concurrency limit. Another worker on the same pool
        may be busy with them, so then nothing is done.
        """
        if self.workers() - {WORKER}:
            return 0
        wanted = {
            "work_pools": {"name": {"any_": [POOL]}},
            "flow_runs": {"state": {"type": {"any_": _UNFINISHED}}},
        }
        runs = self._ask("POST", "/flow_runs/filter", wanted).json()
        crashed = {"state": {"type": "CRASHED", "name": "Crashed", "message": why}, "force": True}
        for run in runs:
            self._ask("POST", f"/flow_runs/{run['id']}/set_state", crashed)
        return len(runs)

    def close_lost_runs_if_possible(self, why: str) -> int:
        """Do the same while ending, when the server may be gone already."""
        with contextlib.suppress(NewsloomError):
            return self.close_lost_runs(why)
        return 0

    def _ask(
        self, method: str, path: str, body: Any = None, allowed: tuple[int, ...] = ()
    ) -> httpx.Response:
        for pause in (*BUSY_PAUSES_SECONDS, None):
            answer = self._request(method, path, body)
            # While its own services work, its database can be locked; it asks to try again.
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE or pause is None:
                break
            time.sleep(pause)
        if answer.is_error and answer.status_code not in allowed:
            raise NewsloomError(
                f"The Prefect server answered {method} {path} with {answer.status_code}: "
                f"{answer.text[:500]}"
            )
        return answer

    def _request(self, method: str, path: str, body: Any) -> httpx.Response:
        try:
            return self._client.request(method, self.api_url + path, json=body)
        except httpx.HTTPError as error:
            raise NewsloomError(f"The Prefect server does not answer: {error!r}.") from error
