"""Reading the incidents, for whoever only shows them: no right to write, no waiting for writers."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from newsloom import clock
from warehouse.incidents.incident import Incident, Mute
from warehouse.incidents.rows import read_incidents, read_mutes

FILE_NAME = "alerts.sqlite"
COMMIT_SECONDS = 1.0
"""A writer keeps readers out for the milliseconds of its commit only."""

T = TypeVar("T")


def open_incidents(folder: Path) -> list[Incident]:
    """Return the incidents that have not recovered: the worst first, then the newest."""
    found = _read(folder, lambda file: read_incidents(file, "recovered_at IS NULL"))
    return sorted(found, key=lambda i: (-i.status.rank, -i.opened_at.timestamp(), i.id))


def history(folder: Path, limit: int = 100) -> list[Incident]:
    """Return the incidents, recovered ones too, the newest first."""
    condition = "TRUE ORDER BY opened_at DESC, id LIMIT ?"
    return _read(folder, lambda file: read_incidents(file, condition, limit))


def mutes(folder: Path) -> list[Mute]:
    """Return the mutes that are in force."""
    now = clock.now()
    return [mute for mute in _read(folder, read_mutes) if now < mute.until]


def _read(folder: Path, ask: Callable[[sqlite3.Connection], list[T]]) -> list[T]:
    try:
        with reading(folder / FILE_NAME) as file:
            return ask(file)
    except (sqlite3.Error, ValueError):
        # Absent, half made or damaged: what only shows them goes on without.
        return []


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file of incidents for reading. Raises sqlite3.Error where there is none.

    Opened for writing where that is allowed: after a writer was killed within its commit, a
    reader has to take the commit back.
    """
    uri = f"file:{quote(str(path.absolute()))}?mode=rw"
    file = sqlite3.connect(uri, uri=True, timeout=COMMIT_SECONDS, isolation_level=None)
    try:
        file.execute("PRAGMA query_only = 1")
        yield file
    finally:
        file.close()
