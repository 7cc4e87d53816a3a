"""What `newsloom up` notes in the warehouse folder: that it runs, where, and with which processes.

The lock file decides who runs; the operating system frees it however its holder ends. The state
file tells others where the API is, and tells the next `up` what a killed one has left behind.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from flows.up.processes import descendants
from newsloom.alive import STATE_FILE, Process, State, read_state
from newsloom.errors import UsageError

LOCK_FILE = "up.lock"


@contextmanager
def sole_run(warehouse: Path) -> Iterator[None]:
    """Hold the right to be the one `newsloom up` of this warehouse; raises UsageError if taken."""
    warehouse.mkdir(parents=True, exist_ok=True)
    lock = FileLock(warehouse / LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise _taken(warehouse) from None
    try:
        yield
    finally:
        (warehouse / STATE_FILE).unlink(missing_ok=True)
        lock.release()


def _taken(warehouse: Path) -> UsageError:
    state = read_state(warehouse)
    who = f" (process {state.process.pid}, {state.api_url})" if state else ""
    return UsageError(
        f"`newsloom up` is already running for the warehouse {warehouse}{who}.",
        "Press Ctrl-C where it runs to end it, or choose another --warehouse.",
    )


def leftovers(warehouse: Path) -> list[psutil.Process]:
    """Return the living processes of an earlier `up` of this warehouse that was killed."""
    state = read_state(warehouse)
    found = []
    for child in state.children if state else ():
        with suppress(psutil.Error):
            if child.alive():
                found.append(psutil.Process(child.pid))
    return found


class StateFile:
    """Keeps the state file up to date."""

    def __init__(self, warehouse: Path, api_url: str) -> None:
        self._path = warehouse / STATE_FILE
        self._api_url = api_url
        self._noted: tuple[Process, ...] | None = None

    def update(self) -> None:
        """Note the processes below this one, if they are others than last time."""
        seen = (Process.of(process.pid) for process in descendants())
        children = tuple(sorted((child for child in seen if child), key=lambda c: c.pid))
        if children != self._noted:
            self._write(children)
            self._noted = children

    def _write(self, children: tuple[Process, ...]) -> None:
        own = Process.of(os.getpid())
        assert own is not None
        text = State(own, self._api_url, children).as_json()
        part = self._path.with_suffix(".part")
        part.write_text(text, "utf-8")
        part.replace(self._path)
