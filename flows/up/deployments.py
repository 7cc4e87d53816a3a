"""Deployments: prefect.yaml applied to the server, without undoing what the user has changed.

`prefect deploy` resets a deployment to the file: a schedule that the user switched on goes off
again, one that was added in the UI disappears. So it is run only when the file or the flow's code
has changed (the deployment's version tells), and then the schedules are put back.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

import flows
import newsloom
from flows.up.processes import POLL_SECONDS, Service
from flows.up.server import Server
from newsloom.errors import NewsloomError, UsageError

FILE_NAME = "prefect.yaml"
DEPLOY_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class Project:
    """The folder that holds prefect.yaml and the flows, and what the file says."""

    root: Path
    warehouse: Path
    names: tuple[str, ...]
    version: str


def find_project(warehouse: Path) -> Project:
    """Find the project from where this package lies; raises UsageError if it is not a checkout.

    `warehouse` is where the deployed flows shall write.
    """
    root = Path(flows.__file__).resolve().parent.parent
    file = root / FILE_NAME
    if not file.is_file():
        raise UsageError(
            f"`newsloom up` needs Newsloom's project folder, and {root} has no {FILE_NAME}.",
            "Run it from a checkout: git clone, then `make run` sets one up.",
        )
    return _read(root, file, warehouse)


def _read(root: Path, file: Path, warehouse: Path) -> Project:
    try:
        entries = yaml.safe_load(file.read_text("utf-8"))["deployments"]
        names = tuple(str(entry["name"]) for entry in entries)
        sources = sorted({str(entry["entrypoint"]).rpartition(":")[0] for entry in entries})
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise UsageError(f"{file} cannot be read: {error!r}") from error
    digest = _digest(file, *(root / source for source in sources), root, warehouse)
    return Project(root, warehouse, names, f"{newsloom.__version__}+{digest}")


def _digest(*paths: Path) -> str:
    """Name what is deployed: anything that changes a deployment changes this."""
    digest = hashlib.sha256(version("prefect").encode())
    for path in paths:
        digest.update(str(path).encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()[:10]


def up_to_date(server: Server, project: Project) -> bool:
    """Say whether the server has all deployments as this project would make them."""
    found = server.deployments(project.names)
    return set(found) == set(project.names) and all(
        deployment["version"] == project.version for deployment in found.values()
    )


def apply(
    server: Server, project: Project, deploying: Service, pause: Callable[[float], None]
) -> None:
    """Run `prefect deploy`, then give back what it resets; raises NewsloomError if it fails."""
    before = server.deployments(project.names)
    deploying.start()
    deadline = time.monotonic() + DEPLOY_SECONDS
    while deploying.exit_code is None and time.monotonic() < deadline:
        pause(POLL_SECONDS)
    if deploying.exit_code != 0:
        raise _failure(deploying)
    _finish(server, project, before)


def _finish(server: Server, project: Project, before: Mapping[str, dict[str, Any]]) -> None:
    """Put the user's schedules back, set the warehouse, and the version last of all."""
    for name, deployment in server.deployments(project.names).items():
        for schedule in before.get(name, {}).get("schedules", []):
            _put_back(server, deployment, schedule)
        parameters = {**deployment["parameters"], "warehouse": str(project.warehouse)}
        server.change_deployment(deployment["id"], parameters=parameters, version=project.version)


def _put_back(server: Server, deployment: dict[str, Any], old: dict[str, Any]) -> None:
    """Give one schedule the state it had; one without a slug is the user's own."""
    slug, active = old["slug"], bool(old["active"])
    for new in deployment["schedules"]:
        same = new["slug"] == slug if slug else new["schedule"] == old["schedule"]
        if same:
            if new["active"] != active:
                server.switch_schedule(deployment["id"], new["id"], active)
            return
    if not slug:
        server.add_schedule(deployment["id"], old)


def _failure(deploying: Service) -> NewsloomError:
    how = deploying.how_it_ended() if deploying.exit_code else f"took over {DEPLOY_SECONDS:.0f} s"
    return NewsloomError(
        f"The deployments of {FILE_NAME} could not be made: `prefect deploy` {how}. "
        f"The end of {deploying.log}:\n{deploying.last_lines()}"
    )
