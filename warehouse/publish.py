"""Publishing: after each commit, a small file of views over that snapshot's Parquet files.

The file replaces the former one in a single rename, so a reader sees either snapshot, whole, and
never waits for a writer; one that has the old file open keeps its old snapshot. It opens in any
DuckDB, without extensions. Column types and numbers are written into it, so a Parquet file from
before a column was added reads as null there.
"""

import os
from pathlib import Path

import duckdb

from newsloom import __version__
from newsloom.errors import WarehouseError
from warehouse import views
from warehouse.lake import Lake
from warehouse.query import quoted
from warehouse.schema import SCHEMA_VERSION, TABLES, Table

PUBLISHED_NAME = "news.duckdb"


def publish(lake: Lake) -> Path:
    """Write and swap in the published file. The lake's lock must be held."""
    try:
        return _publish(lake)
    except (duckdb.Error, OSError) as error:
        raise WarehouseError(
            f"What was committed could not be published in {lake.folder}: {error}",
            "Free space or repair the disk; the next run publishes it.",
        ) from error


def _publish(lake: Lake) -> Path:
    target = lake.folder / PUBLISHED_NAME
    fresh = lake.folder / f".{PUBLISHED_NAME}.{os.getpid()}"
    _remove(fresh)
    with duckdb.connect(str(fresh), config={"threads": 2}) as connection:
        connection.execute("CREATE SCHEMA facts")
        # Over empty facts first, which is a third quicker: DuckDB would open all files anew for
        # every view that stands on them.
        for table in TABLES:
            connection.execute(f"CREATE VIEW facts.{table.name} AS {_no_rows(table)}")
        views.create_views(connection)
        for table in TABLES:
            _create_fact_view(lake, connection, table)
        _describe(lake, connection)
        connection.execute("CHECKPOINT")  # here, where a full disk is an error and not a shrug
    _prove(fresh)
    _sync(fresh)
    fresh.replace(target)
    _remove_abandoned(lake.folder)
    return target


def _create_fact_view(lake: Lake, connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    files = [
        row[0]
        for row in lake.connection.execute(
            "SELECT data_file FROM ducklake_list_files('lake', ?) ORDER BY data_file", [table.name]
        ).fetchall()
    ]
    select = _select(lake, table, files)
    connection.execute(f"CREATE OR REPLACE VIEW facts.{table.name} AS {select}")


def _select(lake: Lake, table: Table, files: list[str]) -> str:
    if not files:
        return _no_rows(table)
    numbers = _field_ids(lake, table)
    schema = ", ".join(
        f"{numbers[column.name]}: {{name: {quoted(column.name)}, type: {quoted(column.type)}, "
        f"default_value: NULL}}"
        for column in table.columns
    )
    paths = ", ".join(map(quoted, files))
    names = ", ".join(column.name for column in table.columns)
    return f"SELECT {names} FROM read_parquet([{paths}], schema=MAP {{{schema}}})"


def _no_rows(table: Table) -> str:
    nulls = ", ".join(f"NULL::{column.type} AS {column.name}" for column in table.columns)
    return f"SELECT {nulls} WHERE false"


def _field_ids(lake: Lake, table: Table) -> dict[str, int]:
    """Return the field number that identifies each column inside the Parquet files."""
    rows = lake.connection.execute(
        "SELECT c.column_name, c.column_id FROM __ducklake_metadata_lake.ducklake_column AS c "
        "JOIN __ducklake_metadata_lake.ducklake_table AS t USING (table_id) "
        "WHERE t.table_name = ? AND c.parent_column IS NULL "
        "AND c.end_snapshot IS NULL AND t.end_snapshot IS NULL",
        [table.name],
    ).fetchall()
    return dict(rows)


def _describe(lake: Lake, connection: duckdb.DuckDBPyConnection) -> None:
    ((commit_id, snapshot_id),) = lake.connection.execute(
        "SELECT (SELECT max(commit_id) FROM facts.run_events), "
        "(SELECT max(snapshot_id) FROM ducklake_snapshots('lake'))"
    ).fetchall()
    connection.execute(
        "CREATE TABLE facts.published AS SELECT ?::BIGINT AS commit_id, ?::BIGINT AS snapshot_id, "
        "make_timestamp(epoch_us(now())) AS published_at, ?::INTEGER AS schema_version, "
        "?::VARCHAR AS version",
        [commit_id, snapshot_id, SCHEMA_VERSION, __version__],
    )


def _prove(path: Path) -> None:
    """Read the file back before it takes the place of a good one; duckdb.Error if it is bad."""
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute("FROM facts.published").fetchall()
        connection.execute("FROM facts.run_events LIMIT 0").fetchall()


def _sync(path: Path) -> None:
    """Have the bytes on the disk before the name points at them."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _remove_abandoned(folder: Path) -> None:
    """Clear what killed writers left: nobody else publishes while the lock is held."""
    for path in folder.glob(f".{PUBLISHED_NAME}.*"):
        _remove(path)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
