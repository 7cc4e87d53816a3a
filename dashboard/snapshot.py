"""The published file made ready: what pages ask for is worked out once, in the background.

What was worked out is kept in a database file without a name, which goes with the process: of it
only what was asked for of late is in memory.
"""

import gc
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

import duckdb
import pyarrow as pa

from dashboard.judged import keep_checks
from newsloom.errors import NewsloomError, WarehouseError
from newsloom.settings import Settings
from warehouse.digest import FOR_HEALTH, SEARCH_PATH, Digest, sql
from warehouse.folder import PUBLISHED_NAME
from warehouse.health import Finding, Health, examine, read_limits, worst
from warehouse.health.unreadable import Unreadable
from warehouse.published import Published

LOOK_SECONDS = 1.0
"""How often it is asked whether a new file was published."""
AGE_SECONDS = 60.0
"""Health depends on the time, too: it is examined anew after so long without a new file."""
LEAST_MEMORY_MB, MEMORY_MB, MOST_MEMORY_MB = 16, 120, 7680
"""What DuckDB may use to read a snapshot. A large warehouse needs more than the second, and gets
twice as much until it is enough, as a page does. Once it is read, memory falls to the first."""
LEAST_ROOM_BYTES = 50_000_000
"""With less in the folder for temporary files, that is what is the matter."""
GRACE_SECONDS = 10.0
"""Longer than any page takes."""
SHARE = 0.1
"""Of the time that may go into reading: a file whose reading takes 3 s is read every 30 s."""

KEPT = (*FOR_HEALTH, "sources", "facts.live_story_articles", "facts.live_event_members", "entities")
KEPT_SO = {
    "articles": sql("facts.live_articles"),
    "facts.live_stories": f"{sql('facts.live_stories')} ORDER BY story_id",
    "facts.mentions": "FROM news.facts.mentions ORDER BY article_id",
    "facts.story_edges": "FROM news.facts.story_edges",
    "facts.story_events": "FROM news.facts.story_events ORDER BY story_id",
}
"""Articles here have no text: a page that shows one reads it from the published file. In order, few
blocks have to be read for the page of one article or story."""
WHOLE_PATH = "digest.facts,news.main,news.facts"
"""For questions that are after whole articles."""


@dataclass
class Snapshot:
    """One published file, read."""

    digest: Digest
    findings: list[Finding]
    number: int
    published_at: datetime
    memory_mb: int
    """What its pages may use."""
    growing: threading.Lock = field(default_factory=threading.Lock)
    read_at: float = field(default_factory=time.time)
    charts: dict[tuple[str, ...], bytes] = field(default_factory=dict)
    """Pictures made of it so far."""

    @property
    def health(self) -> Health:
        """The one word."""
        found = worst(self.findings)
        return found.status if found else Health.OK

    def close(self) -> None:
        """Give back its memory; whoever asks it then gets an error."""
        self.digest.connection.close()

    def rows(self, sql: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return the rows of a query, each as a dict."""
        table: pa.Table = self._table(sql, parameters or {}, SEARCH_PATH)
        rows: list[dict[str, Any]] = table.to_pylist()
        return rows

    def whole(self, sql: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return the same over the published views as they are: `articles` has its texts."""
        rows: list[dict[str, Any]] = self._table(sql, parameters or {}, WHOLE_PATH).to_pylist()
        return rows

    def _table(self, sql: str, parameters: dict[str, Any], path: str) -> pa.Table:
        try:
            return self._answer(sql, parameters, path)
        except duckdb.OutOfMemoryException:
            with self.growing:
                if self.memory_mb >= MOST_MEMORY_MB:
                    raise
                self.memory_mb *= 2
                self.digest.connection.execute(f"SET memory_limit = '{self.memory_mb}MB'")
            return self._table(sql, parameters, path)

    def _answer(self, sql: str, parameters: dict[str, Any], path: str) -> pa.Table:
        # A cursor of its own: requests come in threads.
        with self.digest.connection.cursor() as cursor:
            cursor.execute(f"SET search_path = '{path}'")
            return _countable(cursor.execute(sql, parameters).to_arrow_table())


def _countable(table: pa.Table) -> pa.Table:
    """Give sums, which DuckDB makes of 128 bits, a type that Python and JSON know as a number."""
    for at, column in enumerate(table.schema):
        if pa.types.is_decimal(column.type):
            kind = pa.int64() if column.type.scale == 0 else pa.float64()
            table = table.set_column(at, column.name, table.column(at).cast(kind))
    return table


class Snapshots:
    """The latest snapshot, renewed in a thread of its own. Use as a context manager."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.limits = read_limits(settings.health.limits)
        self.trouble = ""
        """Why there is no newer snapshot, for people."""
        self._current: Snapshot | None = None
        self._stamp: tuple[int, int] | None = None
        self._cost_seconds = self._tried_at = 0.0
        self._number = 0
        self._memory_mb = MEMORY_MB
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep_up, daemon=True, name="snapshots")

    def __enter__(self) -> "Snapshots":
        self.renew()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()
        if self._current is not None:
            self._current.close()

    def current(self) -> Snapshot | None:
        """Return the latest snapshot, None while there is no warehouse."""
        return self._current

    def is_there(self) -> bool:
        """Say whether there is a published file, readable or not."""
        return self._published() is not None

    def renew(self) -> None:
        """Read the published file, whatever was read before; on an error the former one stays."""
        began = time.monotonic()
        stamp = self._published()
        try:
            self._current = self._read()
            self._stamp, self.trouble = stamp, ""
        except (NewsloomError, duckdb.Error, OSError) as error:
            self.trouble = _cause(error)
            if self._current is not None:
                # What it showed is the past; its word must not be.
                nothing = Unreadable(WarehouseError(self.trouble))
                self._current.findings = examine(nothing, self.folder, self.limits)
        self._tried_at = time.monotonic()
        self._cost_seconds = self._tried_at - began

    def _read(self) -> Snapshot:
        memory_mb = self._memory_mb
        while True:
            try:
                read = self._read_once(memory_mb)
            except (duckdb.OutOfMemoryException, WarehouseError) as error:
                if not _lacks_memory(error) or memory_mb >= MOST_MEMORY_MB:
                    raise
                memory_mb *= 2
            else:
                self._memory_mb = memory_mb
                return read

    def _read_once(self, memory_mb: int) -> Snapshot:
        with ExitStack() as undo:
            news = Published(self.folder)
            undo.callback(news.connection.close)
            read = self._worked_out(news, memory_mb)
            undo.pop_all()  # from here on it is the snapshot's
        return read

    def _worked_out(self, news: Published, memory_mb: int) -> Snapshot:
        with (
            TemporaryDirectory(prefix="newsloom-") as place,
            _thrifty(news.connection, memory_mb),
        ):
            digest = Digest(news, KEPT, Path(place, "snapshot.duckdb"), KEPT_SO)
            findings = examine(digest, self.folder, self.limits)
            keep_checks(digest, findings)
            news.connection.execute("CHECKPOINT digest")
        (about,) = digest.query("SELECT published_at FROM facts.published").to_pylist()
        self._number += 1
        return Snapshot(digest, findings, self._number, about["published_at"], memory_mb)

    def _keep_up(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            try:
                if self._due():
                    former = self._current
                    self.renew()
                    self._retire(former)
            except Exception as error:  # whatever goes wrong here must not end the page
                self.trouble = str(error)

    def _retire(self, former: Snapshot | None) -> None:
        """Close a snapshot that was replaced, once the requests that have it are answered."""
        if former is not None and former is not self._current:
            self._ended.wait(GRACE_SECONDS)
            former.close()
            del former
            # Templates leave circles behind that would keep it for a long time.
            gc.collect()

    def _due(self) -> bool:
        if time.monotonic() - self._tried_at < self._cost_seconds / SHARE:
            return False
        if self._current is None:
            return self._published() is not None
        age = time.time() - self._current.read_at
        return age >= AGE_SECONDS or self._published() != self._stamp

    def _published(self) -> tuple[int, int] | None:
        try:
            status = (self.folder / PUBLISHED_NAME).stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns


def _give_back(connection: duckdb.DuckDBPyConnection, memory_mb: int) -> None:
    """Give the system the memory that nobody uses now: DuckDB does so where its limit sinks."""
    with suppress(duckdb.OutOfMemoryException):
        connection.execute(f"SET memory_limit = '{LEAST_MEMORY_MB}MB'")
    connection.execute(f"SET memory_limit = '{memory_mb}MB'")


@contextmanager
def _thrifty(connection: duckdb.DuckDBPyConnection, memory_mb: int) -> Iterator[None]:
    """Have views worked out in little memory, which the system gets back in the end."""
    row = connection.execute("SELECT current_setting('threads')").fetchone()
    connection.execute(f"SET memory_limit = '{memory_mb}MB'")
    # In one thread, as each takes memory, and whoever is looking at a page wants the others.
    connection.execute("SET threads = 1")
    # DuckDB would hash whole articles where their ids will do, and then not have the room.
    connection.execute("SET disabled_optimizers = 'build_side_probe_side'")
    yield
    connection.execute(f"RESET disabled_optimizers; SET threads = {row[0] if row else 1}")
    _give_back(connection, memory_mb)


def _cause(error: Exception) -> str:
    """Return what is the matter, for people: often it is not the warehouse, but where to work."""
    try:
        place = gettempdir()
        full = shutil.disk_usage(place).free < LEAST_ROOM_BYTES
    except OSError as unusable:
        return f"There is no folder for temporary files ({unusable}): set TMPDIR to one."
    if full or isinstance(error, OSError):
        return (
            f"The folder for temporary files, {place}, cannot be used: make room in it, or set "
            f"TMPDIR to another ({error})."
        )
    return str(error)


def _lacks_memory(error: Exception) -> bool:
    return isinstance(error, duckdb.OutOfMemoryException) or isinstance(
        error.__cause__, duckdb.OutOfMemoryException
    )


Snapper = Callable[[], Snapshot | None]
