"""A store for one pass, wherever one can be written: in the warehouse, else elsewhere.

Where the warehouse folder cannot be written (a full disk without room, a mount gone read-only),
the incidents are noted in the system's folder for temporary files, so that they are still told
once and not at every pass; when the warehouse's own file works again, they go back there.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from newsloom.ids import digest
from warehouse.health import Finding
from warehouse.incidents.reading import FILE_NAME, reading
from warehouse.incidents.rows import read_incidents, read_mutes
from warehouse.incidents.step import Step
from warehouse.incidents.store import Store, StoreError


@contextmanager
def taken_in(
    folder: Path, findings: Sequence[Finding], now: datetime
) -> Iterator[tuple[Store, Step, str]]:
    """Take in an examination; yields the store for what comes of it, and the step that was made.

    The last is what the matter is where it is not the usual store, else empty.
    """
    store, made, trouble = _taken(folder, findings, now)
    with store:
        yield store, made, trouble


def _taken(folder: Path, findings: Sequence[Finding], now: datetime) -> tuple[Store, Step, str]:
    elsewhere = _elsewhere(folder)
    store: Store | None = None
    try:
        store = Store.of(folder)
        with suppress(StoreError):
            _bring_back(elsewhere, store)
        return store, store.take(findings, now), ""
    except StoreError as error:
        if store is not None:
            store.close()
        store = _substitute(elsewhere, folder)
        return store, store.take(findings, now), str(error)


def _bring_back(elsewhere: Path, store: Store) -> None:
    if not elsewhere.is_file() or not _is_private(elsewhere.parent):
        return
    with Store(elsewhere) as other:
        store.save(other.incidents())
    for file in (elsewhere, elsewhere.with_name(f"{elsewhere.name}-journal")):
        file.unlink(missing_ok=True)


def _substitute(elsewhere: Path, folder: Path) -> Store:
    """Open the file elsewhere, or memory if even that fails, knowing what the usual one knew."""
    is_new = not elsewhere.is_file()
    try:
        if not _is_private(elsewhere.parent):
            raise StoreError(f"{elsewhere.parent} belongs to somebody else.")
        store = Store(elsewhere)
    except StoreError:
        store, is_new = Store(None), True
    if is_new:
        _copy_known(folder / FILE_NAME, store)
    return store


def _copy_known(usual: Path, store: Store) -> None:
    with suppress(sqlite3.Error, ValueError), reading(usual) as file:
        store.save(read_incidents(file, "TRUE"))
        for mute in read_mutes(file):
            store.mute(mute)


def _elsewhere(folder: Path) -> Path:
    own = Path(tempfile.gettempdir(), f"newsloom-{os.getuid()}")
    return own / f"{digest('w', str(folder.absolute()))}.sqlite"


def _is_private(folder: Path) -> bool:
    """Make the folder, and say whether it is this user's alone: others can write to /tmp, too."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return False
    return folder.is_dir() and not folder.is_symlink() and status.st_uid == os.getuid()
