"""The supervisor behind `newsloom up`: starts everything, watches it, ends it."""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import psutil

from flows.up import deployments, notes, processes, services
from flows.up.distress import Distress
from flows.up.processes import Service
from flows.up.server import WORKER, Server
from flows.up.table import Whereabouts, what_starts
from newsloom.errors import NewsloomError

SERVER_START_SECONDS = 180.0
WORKER_START_SECONDS = 120.0
WATCH_SECONDS = 1.0
TELLING_SECONDS = 60.0

# A service that dies more often than this within the window has a cause that a restart won't cure.
DEATHS_ALLOWED = 5
DEATHS_WINDOW_SECONDS = 600.0

WORK_PATIENCE_SECONDS = 20.0
SERVER_PATIENCE_SECONDS = 10.0
REST_PATIENCE_SECONDS = 3.0


class Supervisor:
    """Runs the server, the worker and the dashboard of one warehouse."""

    def __init__(self, planned: services.Plan, server: Server, say: Callable[[str], None]) -> None:
        self._plan = planned
        self._server = server
        self._say = _steady(say)
        self._state = notes.StateFile(planned.project.warehouse, planned.api_url)
        self._distress = Distress(planned, server.healthy)
        self._signals = 0

    def run(self, ready: Callable[[Whereabouts], None] | None) -> int:
        """Start, watch and end everything; returns the command's exit code."""
        with processes.adopting_orphans(), self._listening():
            try:
                self._start()
                where = self._whereabouts()
                self._say(where.as_table())
                if ready:
                    ready(where)
                return self._watch()
            except KeyboardInterrupt:
                return 0
            finally:
                self._end_all()

    # Starting

    def _start(self) -> None:
        self._end_leftovers()
        self._state.update()
        self._start_server()
        self._server.ensure_pool()
        self._server.forget_worker()
        self._server.close_lost_runs("Its process ended together with an earlier newsloom up.")
        self._plan.worker.start()
        # The worker takes seconds to start, and so does a deployment: side by side.
        self._deploy()
        self._await_worker()
        self._plan.dashboard.start()

    def _end_leftovers(self) -> None:
        left = notes.leftovers(self._plan.project.warehouse)
        if left:
            self._say(f"An earlier newsloom up was killed; ending {len(left)} processes of it.")
            processes.end(left, WORK_PATIENCE_SECONDS, self._hurried)

    def _start_server(self) -> None:
        services.refuse_taken_ports(self._plan)
        self._say("Starting the Prefect server; the first start takes half a minute …")
        self._plan.server.start()
        self._await(self._server.healthy, self._plan.server, SERVER_START_SECONDS)

    def _await_worker(self) -> None:
        started = self._plan.worker
        self._await(lambda: WORKER in self._server.workers(), started, WORKER_START_SECONDS)

    def _await(self, there: Callable[[], bool], service: Service, seconds: float) -> None:
        """Wait until the service is there; raises NewsloomError with the log's end if it fails."""
        deadline = time.monotonic() + seconds
        while not there():
            late = time.monotonic() > deadline
            if late or service.exit_code is not None:
                how = f"was not ready within {seconds:.0f} s" if late else service.how_it_ended()
                raise NewsloomError(
                    f"The {service.name} {how}. The end of {service.log}:\n{service.last_lines()}"
                )
            self._pause(processes.POLL_SECONDS * 3)

    def _deploy(self) -> None:
        project = self._plan.project
        if not deployments.up_to_date(self._server, project):
            self._say("Making the deployments of prefect.yaml …")
            deployments.apply(self._server, project, self._plan.deploying, self._pause)

    def _whereabouts(self) -> Whereabouts:
        found = self._server.deployments(self._plan.project.names)
        return Whereabouts(
            api_url=self._plan.api_url,
            ui_url=self._plan.api_url.removesuffix("/api"),
            warehouse=self._plan.project.warehouse,
            dashboard_url=self._plan.dashboard_url,
            logs={service.name: service.log for service in self._plan.lasting},
            deployments={name: what_starts(found[name]) for name in sorted(found)},
        )

    # Watching

    def _watch(self) -> int:
        """Look after the services until the user ends them (0), or one cannot be kept up (1)."""
        while True:
            # A full disk is no reason to end what still works.
            with contextlib.suppress(OSError):
                self._state.update()
            processes.reap(self._plan.all)
            for service in self._plan.lasting:
                died = not service.given_up and service.exit_code is not None
                # News is taken in without the dashboard, too.
                if died and not self._revive(service) and service is not self._plan.dashboard:
                    self._tell()
                    return 1
            self._distress.look()
            self._pause(WATCH_SECONDS)

    def _revive(self, service: Service) -> bool:
        """Start a dead service again, each time after a longer pause; False if that is no use."""
        now = time.monotonic()
        recent = [death for death in service.deaths if now - death < DEATHS_WINDOW_SECONDS]
        service.deaths[:] = [*recent, now]
        if len(service.deaths) > DEATHS_ALLOWED:
            service.given_up = True
            self._say(
                f"The {service.name} ended {len(service.deaths)} times; giving up. "
                f"The end of {service.log}:\n{service.last_lines()}"
            )
            return False
        pause = 2.0 ** (len(service.deaths) - 1)
        self._say(
            f"The {service.name} {service.how_it_ended()}; starting it again in {pause:.0f} s "
            f"(log: {service.log})."
        )
        self._pause(pause)
        if service is self._plan.worker:
            # A new worker knows nothing of the old one's runs, so nobody would watch over them.
            self._end_work()
        service.start()
        return True

    def _tell(self) -> None:
        """Have the monitor tell the end of a service, while there is anybody to do so."""
        self._distress.tell()
        deadline = time.monotonic() + TELLING_SECONDS
        while self._plan.monitor.exit_code is None and time.monotonic() < deadline:
            self._pause(processes.POLL_SECONDS)

    # Ending

    def _end_all(self) -> None:
        if self._plan.server.process is None:
            return
        self._say("Ending …")
        self._end_work()
        processes.end(self._apart(), SERVER_PATIENCE_SECONDS, self._hurried)
        processes.end(processes.descendants(), REST_PATIENCE_SECONDS, self._hurried)
        processes.reap([])
        self._say("All processes have ended.")

    def _end_work(self) -> None:
        """End the worker and the flow runs, then their own helpers, but nothing else."""
        processes.end(self._heads(), WORK_PATIENCE_SECONDS, self._hurried)
        apart = self._apart()
        rest = [process for process in processes.descendants() if process not in apart]
        processes.end(rest, REST_PATIENCE_SECONDS, self._hurried)
        processes.reap(self._plan.all)
        if not self._hurried():
            self._server.close_lost_runs_if_possible("Its process was ended by newsloom up.")

    def _heads(self) -> list[psutil.Process]:
        """The worker, the flow runs and a running deploy: whoever ends the processes below it."""
        own = psutil.Process().children()
        runs: list[psutil.Process] = []
        for head in self._plan.worker.tree()[:1]:
            with contextlib.suppress(psutil.Error):
                runs = head.children()
        apart = self._apart()
        return [process for process in [*own, *runs] if process not in apart]

    def _apart(self) -> list[psutil.Process]:
        """Return the processes that have nothing to do with flow runs."""
        others = (self._plan.server, self._plan.dashboard, self._plan.monitor)
        return [process for service in others for process in service.tree()]

    # Waiting and signals

    def _pause(self, seconds: float) -> None:
        """Sleep, but not past a wish to end."""
        until = time.monotonic() + seconds
        while not self._signals and time.monotonic() < until:
            time.sleep(processes.POLL_SECONDS)
        if self._signals:
            raise KeyboardInterrupt

    def _hurried(self) -> bool:
        return self._signals > 1

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Count the signals that ask to end; the second one means at once."""

        def count(_number: int, _frame: FrameType | None) -> None:
            self._signals += 1

        asked = [signal.SIGINT, signal.SIGTERM]
        # Under nohup a closing terminal is not a wish to end.
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            asked.append(signal.SIGHUP)
        before = {number: signal.signal(number, count) for number in asked}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _steady(say: Callable[[str], None]) -> Callable[[str], None]:
    """Keep going when nobody is there any more to read what is said."""

    def steadily(message: str) -> None:
        with contextlib.suppress(OSError):
            say(message)

    return steadily


def up(
    *,
    warehouse: Path,
    host: str = "127.0.0.1",
    port: int = 4200,
    dashboard_port: int = services.DASHBOARD_PORT,
    say: Callable[[str], None],
    ready: Callable[[Whereabouts], None] | None = None,
) -> int:
    """Run server, worker, deployments and dashboard until Ctrl-C; returns the exit code.

    `ready` is called once when everything runs. Raises UsageError or NewsloomError, with nothing
    left running, when it cannot start.
    """
    warehouse = warehouse.absolute()
    project = deployments.find_project(warehouse)
    planned = services.plan(project, host, port, os.environ, dashboard_port)
    with notes.sole_run(warehouse), Server(planned.api_url, planned.auth) as server:
        return Supervisor(planned, server, say).run(ready)
