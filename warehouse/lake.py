"""The lake: a DuckLake catalog and its Parquet files in one folder, opened for writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa

from newsloom.errors import WarehouseError
from newsloom.settings import WarehouseSettings
from warehouse import extensions, migrations, views
from warehouse.folder import CATALOG_NAME, FILES_NAME
from warehouse.lock import writer_lock
from warehouse.query import quoted, run_query


class Lake:
    """An open lake. Use as a context manager; one thread at a time."""

    def __init__(self, folder: Path, settings: WarehouseSettings | None = None) -> None:
        self.folder = folder.absolute()
        self.settings = settings or WarehouseSettings()
        self.connection = self._open()

    def __enter__(self) -> "Lake":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.connection.close()

    def _open(self) -> duckdb.DuckDBPyConnection:
        if "?" in str(self.folder):
            raise WarehouseError(
                f"DuckDB takes the '?' in {self.folder} for the end of the name.",
                "Name a folder without it with --warehouse DIR.",
            )
        try:
            (self.folder / FILES_NAME).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WarehouseError(
                f"The warehouse folder {self.folder} cannot be made: {error.strerror}.",
                "Name another one with --warehouse DIR.",
            ) from error
        connection = duckdb.connect()
        try:
            connection.execute(f"SET memory_limit = {quoted(self.settings.memory_limit)}")
            connection.execute(f"SET temp_directory = {quoted(self._scratch())}")
            extensions.load(connection)
            connection.execute("SET preserve_insertion_order = true; SET TimeZone = 'UTC'")
            self._attach(connection)
        except duckdb.Error as error:
            connection.close()
            raise WarehouseError(
                f"The warehouse in {self.folder} cannot be opened: {error}",
                "If its files are damaged, restore the folder from a backup.",
            ) from error
        except BaseException:
            connection.close()
            raise
        return connection

    def _scratch(self) -> str:
        return str(self.folder / FILES_NAME / ".scratch")

    def _attach(self, connection: duckdb.DuckDBPyConnection) -> None:
        catalog = quoted(f"ducklake:sqlite:{self.folder / CATALOG_NAME}")
        files = quoted(f"{self.folder / FILES_NAME}/")
        # With SQLite's default journal, a commit fails while another ingest reads for some seconds.
        statement = (
            f"ATTACH {catalog} AS lake "
            f"(DATA_PATH {files}, OVERRIDE_DATA_PATH true, DATA_INLINING_ROW_LIMIT 0, "
            "META_JOURNAL_MODE 'WAL', META_BUSY_TIMEOUT 60000)"
        )
        # Two processes must not both create or migrate the catalog.
        with writer_lock(self.folder, self.settings.lock_wait_seconds):
            connection.execute(statement)
            migrations.bring_up_to_date(connection)
        views.create_over_lake(connection)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the warehouse for writing; what is read inside stays true until the end."""
        with writer_lock(self.folder, self.settings.lock_wait_seconds):
            yield

    def query(
        self, sql: str, parameters: list[object] | None = None, **tables: pa.Table
    ) -> pa.Table:
        """Run a query over the facts and views; `tables` can be named in it."""
        return run_query(self.connection, sql, parameters, tables)
