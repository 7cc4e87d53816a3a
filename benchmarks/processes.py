"""Measures whole processes: wall and processor time, and the peak memory of the process tree."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
SAMPLES_PER_SECOND = 5
NEWSLOOM = [sys.executable, "-c", "from cli.main import main; main()"]


@dataclass(frozen=True, slots=True)
class Measured:
    """One process from start to end. `peak_bytes` is the memory of the whole tree."""

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int
    exit_code: int
    output: str
    errors: str


def newsloom(*arguments: str) -> Measured:
    """Run the `newsloom` command in the project folder, with default settings."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("PREFECT_", "NEWSLOOM_"))}
    return run([*NEWSLOOM, *arguments], kept)


def run(command: list[str], environment: dict[str, str]) -> Measured:
    """Run a command to its end and measure it."""
    began, cpu = time.perf_counter(), _cpu_of_children()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        watch = Watch(process.pid)
        watch.start()
        try:
            output, errors = process.communicate()
        finally:
            watch.stop()
    seconds = time.perf_counter() - began
    return Measured(
        seconds, _cpu_of_children() - cpu, watch.peak_bytes, process.returncode, output, errors
    )


def _cpu_of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def own_peak() -> int:
    """Return the peak memory of this process, in bytes."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    # Unlike getrusage, this does not count the parent, from before the program was loaded.
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024


class Watch(threading.Thread):
    """Samples the memory of a process and its descendants until it is stopped."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._root = psutil.Process(pid)
        self._ended = threading.Event()
        self.peak_bytes = 0
        self.root_peak_bytes = 0
        """Of the process alone, without what it started."""

    def run(self) -> None:
        """Sample until the end."""
        while True:
            root, *others = self._now()
            self.peak_bytes = max(self.peak_bytes, root + sum(others))
            self.root_peak_bytes = max(self.root_peak_bytes, root)
            if self._ended.wait(1 / SAMPLES_PER_SECOND):
                return

    def stop(self) -> None:
        """End the sampling."""
        self._ended.set()
        self.join()

    def _now(self) -> list[int]:
        try:
            tree = [self._root, *self._root.children(recursive=True)]
        except psutil.Error:
            return [0]
        return list(map(_share, tree))


def _share(process: psutil.Process) -> int:
    """Return the memory of a process, what it shares with others divided among them if known."""
    try:
        known = process.memory_full_info()
        return int(getattr(known, "pss", known.rss))
    except psutil.Error:
        return 0  # it ended between being listed and being asked
