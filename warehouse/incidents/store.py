"""The state of incidents, in a small SQLite file beside the lake: DIR/alerts.sqlite.

Not in the lake, because alerts must work when the lake is locked or cannot be written. The file is
made with room in it and in its journal, so that on a full disk incidents can still be noted: SQLite
then overwrites what is there and needs nothing more.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from newsloom.errors import UsageError, WarehouseError
from warehouse.health import Finding
from warehouse.incidents.incident import Incident, Mute
from warehouse.incidents.reading import FILE_NAME
from warehouse.incidents.rows import (
    COLUMNS,
    NAMES,
    OF_PEOPLE,
    SCHEMA,
    read_incidents,
    read_mutes,
    row_of,
)
from warehouse.incidents.step import Step, step

WAIT_SECONDS = 10.0
KEEP_DAYS = 90.0
ROOM_ROWS, ROOM_BYTES = 64, 3000
"""Room for some hundred incidents: one row fills a page of 4,096 bytes."""


class StoreError(WarehouseError):
    """The incidents cannot be read or noted."""


class Store:
    """An open file of incidents, for reading and writing. Use as a context manager."""

    def __init__(self, file: Path | None) -> None:
        """Open a file, or make it; None keeps all in memory."""
        self.file = file
        with self._errors():
            self._connection = self._opened()

    @classmethod
    def of(cls, folder: Path) -> "Store":
        """Open the file of a warehouse folder. Raises StoreError where it cannot be written."""
        return cls(folder / FILE_NAME)

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    # What an examination does

    def take(self, findings: Sequence[Finding], now: datetime) -> Step:
        """Take in what an examination has found, and return what becomes of the incidents."""
        with self._writing():
            made = step(self._open(), findings, now)
            self._save(made.incidents)
            too_old = (now - timedelta(days=KEEP_DAYS)).isoformat()
            self._connection.execute("DELETE FROM incidents WHERE recovered_at < ?", [too_old])
            self._connection.execute("DELETE FROM mutes WHERE until <= ?", [now.isoformat()])
        return made

    def save(self, incidents: Iterable[Incident]) -> None:
        """Write incidents as they are, but for what people note of them meanwhile."""
        with self._writing():
            self._save(incidents)

    # What people do

    def acknowledge(self, start: str, by: str, note: str, now: datetime) -> Incident:
        """Note that somebody knows of the one open incident whose id begins so."""
        with self._writing():
            found = [i for i in self._open() if start and i.id.startswith(start.lower())]
            if len(found) != 1:
                raise _no_incident(start, found)
            self._connection.execute(
                "UPDATE incidents SET acknowledged_at = ?, acknowledged_by = ?, "
                "acknowledged_note = ?, told_status = status WHERE id = ?",
                [now.isoformat(), by, note or None, found[0].id],
            )
            (changed,) = read_incidents(self._connection, "id = ?", found[0].id)
        return changed

    def mute(self, mute: Mute) -> None:
        """Begin a mute, in place of one of the same thing."""
        with self._writing():
            self._connection.execute(
                "INSERT OR REPLACE INTO mutes VALUES (?, ?, ?, ?)",
                [mute.what, mute.until.isoformat(), mute.by, mute.note],
            )

    def unmute(self, what: str) -> bool:
        """End a mute; False where there is none."""
        with self._writing():
            gone = self._connection.execute("DELETE FROM mutes WHERE what = ?", [what])
            return gone.rowcount > 0

    # What there is

    def incidents(self) -> list[Incident]:
        """Return all incidents, those that have recovered too."""
        with self._errors():
            return read_incidents(self._connection, "TRUE ORDER BY opened_at, id")

    def mutes(self) -> list[Mute]:
        """Return all mutes, those that are over among them."""
        with self._errors():
            return read_mutes(self._connection)

    def _open(self) -> list[Incident]:
        """Return what is open, the oldest first."""
        return read_incidents(self._connection, "recovered_at IS NULL ORDER BY opened_at, id")

    def untold_recoveries(self) -> list[Incident]:
        """Return what has recovered, and nobody was told so who should have been."""
        with self._errors():
            return read_incidents(
                self._connection,
                "recovered_at IS NOT NULL AND recovery_told_at IS NULL ORDER BY opened_at, id",
            )

    # How it is done

    def _save(self, incidents: Iterable[Incident]) -> None:
        own = [name for name in COLUMNS if name not in OF_PEOPLE]
        self._connection.executemany(
            f"INSERT INTO incidents ({NAMES}) "
            f"VALUES ({', '.join('?' * len(COLUMNS))}) ON CONFLICT (id) DO UPDATE SET "
            + ", ".join(f'"{name}" = excluded."{name}"' for name in own),
            [row_of(incident) for incident in incidents],
        )

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._connected()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            if self.file is None:
                raise
            # Not a database any more. What is open is told once more, which beats silence.
            self.file.replace(self.file.with_suffix(".damaged"))
            return self._connected()

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.file or ":memory:", timeout=WAIT_SECONDS, isolation_level=None
        )
        try:
            connection.execute("PRAGMA journal_mode = PERSIST")
            connection.execute("BEGIN IMMEDIATE")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if not version:
                for statement in SCHEMA.split(";"):
                    connection.execute(statement)
                _make_room(connection)
                connection.execute("PRAGMA user_version = 1")
            connection.execute("COMMIT")
            if not version:
                _grow_journal(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the file for writing, and keep all that was done, or nothing."""
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"The incidents cannot be noted in {self.file}: {error}.",
                "Free space, or make the warehouse folder writable.",
            ) from error


def _make_room(connection: sqlite3.Connection) -> None:
    connection.executemany("INSERT INTO room VALUES (zeroblob(?))", [(ROOM_BYTES,)] * ROOM_ROWS)


def _grow_journal(connection: sqlite3.Connection) -> None:
    """Have the journal hold every page once, then leave the pages to whatever comes."""
    connection.execute("UPDATE room SET filler = randomblob(?)", [ROOM_BYTES])
    connection.execute("DELETE FROM room")


def _no_incident(start: str, found: Sequence[Incident]) -> UsageError:
    if found:
        shown = ", ".join(incident.id for incident in found[:5])
        return UsageError(f"{start!r} fits several incidents: {shown}.", "Give more of the id.")
    return UsageError(
        f"No open incident has the id {start!r}.", "List them with: newsloom alerts list"
    )
