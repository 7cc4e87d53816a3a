"""What `newsloom up` runs: the commands, their environment and their logs."""

import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.up.deployments import Project
from flows.up.processes import Service
from flows.up.server import POOL, WORKER
from flows.where import orchestrator_environment
from newsloom.alive import healthy
from newsloom.errors import UsageError

# Addresses to listen on everywhere; nobody can connect *to* them.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104

DASHBOARD_PORT = 4280

# Belong to another server than the one that is started here.
_FOREIGN = ("PREFECT_API_KEY", "PREFECT_PROFILE", "PREFECT_PROFILES_PATH")

_DEFAULTS = {
    # For log files: nothing coloured, nothing held back.
    "NO_COLOR": "1",
    "PREFECT_LOGGING_COLORS": "false",
    "PYTHONUNBUFFERED": "1",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # Prefect's own 10 s are for servers far away; a run that one starts by hand should start.
    "PREFECT_WORKER_QUERY_SECONDS": "5",
}


_PREFECT = ("-m", "prefect", "--no-prompt")
_NEWSLOOM = ("-c", "from cli.main import main; main()")


@dataclass(frozen=True, slots=True)
class Plan:
    """The services of one warehouse, and where they will be."""

    project: Project
    host: str
    port: int
    api_url: str
    auth: str | None
    server: Service
    worker: Service
    deploying: Service
    dashboard: Service
    monitor: Service
    dashboard_port: int

    @property
    def lasting(self) -> tuple[Service, ...]:
        """The services that are kept running."""
        return self.server, self.worker, self.dashboard

    @property
    def all(self) -> tuple[Service, ...]:
        """Every child process that is started."""
        return *self.lasting, self.deploying, self.monitor

    @property
    def dashboard_url(self) -> str:
        """Where the page of ingest health is."""
        return _url(self.host, self.dashboard_port)


def plan(
    project: Project,
    host: str,
    port: int,
    environ: Mapping[str, str],
    dashboard_port: int = DASHBOARD_PORT,
) -> Plan:
    """Work out what to run for the warehouse of `project`."""
    api_url = f"{_url(host, port)}/api"
    environ = _environment(project, api_url, environ)
    logs = project.warehouse / "logs"

    def service(name: str, *command: str, start: Sequence[str] = _PREFECT) -> Service:
        log = logs / f"{name.replace(' ', '-')}.log"
        return Service(name, [sys.executable, *start, *command], environ, project.root, log)

    def own(name: str, *options: str) -> Service:
        where = ("--warehouse", str(project.warehouse))
        return service(name, name, *where, *options, start=_NEWSLOOM)

    return Plan(
        project,
        host,
        port,
        api_url,
        environ.get("PREFECT_SERVER_API_AUTH_STRING"),
        service("server", "server", "start", "--host", host, "--port", str(port)),
        service("worker", "worker", "start", "--pool", POOL, "--type", "process", "--name", WORKER),
        service("deploy", "deploy", "--all"),
        own("dashboard", "--host", host, "--port", str(dashboard_port), "--no-open"),
        own("monitor"),
        dashboard_port,
    )


def _url(host: str, port: int) -> str:
    address = _EVERYWHERE.get(host, host)
    return f"http://{f'[{address}]' if ':' in address else address}:{port}"


def _environment(project: Project, api_url: str, environ: Mapping[str, str]) -> dict[str, str]:
    own = {name: value for name, value in environ.items() if name not in _FOREIGN}
    own |= {"PREFECT_API_URL": api_url, "NEWSLOOM_PROJECT": str(project.root)}
    if auth := own.get("PREFECT_SERVER_API_AUTH_STRING"):
        own.setdefault("PREFECT_API_AUTH_STRING", auth)
    return orchestrator_environment(project.warehouse, {**_DEFAULTS, **own})


def refuse_taken_ports(plan: Plan) -> None:
    """Raise UsageError if something listens on a port already, or the host is not ours."""
    if healthy(plan.api_url):
        raise UsageError(
            f"Another Prefect server is running at {plan.api_url}.",
            "Choose another --port, or end that server first.",
        )
    _refuse_taken(plan.host, plan.port, "--port")
    _refuse_taken(plan.host, plan.dashboard_port, "--dashboard-port")


def _refuse_taken(host: str, port: int, option: str) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise UsageError(
            f"Port {port} on {host} cannot be used: {error.strerror or error}.",
            f"Choose another {option}.",
        ) from error
