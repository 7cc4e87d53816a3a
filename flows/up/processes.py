"""Child processes: started so that none can get lost, ended by their ids, never by name.

Prefect's worker starts each flow run in a session of its own, and leaves it running when it is
ended itself. So process groups do not reach everything. What does: this process declares itself
the reaper of its descendants (Linux), so whatever loses its parent comes back here as a child.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

POLL_SECONDS = 0.1
LOG_LIMIT_BYTES = 5_000_000

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
# Loaded up here: between fork and exec a child must not load libraries.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(slots=True)
class Service:
    """A child process whose output goes to a log file."""

    name: str
    command: list[str]
    environ: Mapping[str, str]
    folder: Path
    log: Path
    deaths: list[float] = field(default_factory=list)
    given_up: bool = False
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process in a group of its own, so that Ctrl-C reaches the supervisor only."""
        _rotate(self.log)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                env=dict(self.environ),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=0,
                preexec_fn=_end_with_parent if _LIBC else None,
            )

    @property
    def exit_code(self) -> int | None:
        """The exit code, or minus the signal that ended it; None before the end."""
        return self.process.poll() if self.process else None

    def how_it_ended(self) -> str:
        """Say in words how the process ended."""
        code = self.exit_code or 0
        if code < 0:
            with contextlib.suppress(ValueError):
                return f"was ended by {signal.Signals(-code).name}"
        return f"ended with exit code {code}"

    def last_lines(self, count: int = 12) -> str:
        """Return the end of the log, indented, for a message."""
        try:
            lines = self.log.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            return ""
        return "\n".join(f"    {line[:200]}" for line in lines[-count:] if line.strip())

    def tree(self) -> list[psutil.Process]:
        """Return this process and everything below it."""
        # The number of one that has ended may be somebody else's by now.
        if self.process is None or self.exit_code is not None:
            return []
        try:
            head = psutil.Process(self.process.pid)
            return [head, *head.children(recursive=True)]
        except psutil.Error:
            return []


@contextlib.contextmanager
def adopting_orphans() -> Iterator[None]:
    """Be the parent of every descendant that loses its own meanwhile (Linux only)."""
    if _LIBC:
        _LIBC.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        if _LIBC:
            _LIBC.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def descendants() -> list[psutil.Process]:
    """Return all living processes below this one."""
    return [process for process in psutil.Process().children(recursive=True) if alive(process)]


def alive(process: psutil.Process) -> bool:
    """Say whether the process still runs; a number that was given anew does not count."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def reap(services: Iterable[Service]) -> None:
    """Collect adopted children that have ended; a service's own end is left to its Popen."""
    own = {service.process.pid for service in services if service.process}
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error, ChildProcessError):
            if child.pid not in own and child.status() == psutil.STATUS_ZOMBIE:
                os.waitpid(child.pid, os.WNOHANG)


def end(
    processes: Iterable[psutil.Process],
    patience_seconds: float,
    hurried: Callable[[], bool] = lambda: False,
) -> None:
    """Ask the processes to end; kill those that still run after the patience, or when hurried."""
    left = [process for process in processes if alive(process)]
    for process in left:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    deadline = time.monotonic() + patience_seconds
    while (left := [p for p in left if alive(p)]) and time.monotonic() < deadline and not hurried():
        time.sleep(POLL_SECONDS)
    for process in left:
        with contextlib.suppress(psutil.Error):
            process.kill()


def _end_with_parent() -> None:
    # If the supervisor is killed outright, its children are asked to end all the same.
    if _LIBC:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _rotate(log: Path) -> None:
    """Keep one older log once this one has grown long."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(".old.log"))
