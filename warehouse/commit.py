"""One commit: rows for any number of fact tables, all or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from newsloom.errors import WarehouseError
from warehouse.lake import Lake
from warehouse.publish import publish
from warehouse.schema import TABLE


class Commit:
    """An open transaction. What was appended is seen by the lake's queries at once."""

    def __init__(self, lake: Lake) -> None:
        self.lake = lake
        self.id = latest_commit_id(lake) + 1

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows to a fact table, columns by name; a column that the rows lack is null."""
        if not rows.num_rows:
            return
        columns = [column for column in TABLE[name].columns if column.name in rows.column_names]
        names = ", ".join(column.name for column in columns)
        values = ", ".join(f"CAST({column.name} AS {column.type})" for column in columns)
        connection = self.lake.connection
        connection.register("incoming", rows)
        try:
            connection.execute(
                f"INSERT INTO lake.main.{name} (commit_id, {names}) "
                f"SELECT {self.id}, {values} FROM incoming"
            )
        finally:
            connection.unregister("incoming")


def latest_commit_id(lake: Lake) -> int:
    """Return the number of the last commit, 0 in an empty warehouse."""
    # All rows: a result that is read in part keeps its transaction open.
    latest = lake.connection.execute("SELECT max(commit_id) FROM facts.run_events").fetchall()
    return int(latest[0][0] or 0)


@contextmanager
def commit(lake: Lake) -> Iterator[Commit]:
    """Hold the lock, and write everything appended inside as one commit; then publish it.

    Every commit holds a run event, because commits are counted there. On any error nothing of it is
    kept.
    """
    with lake.lock():
        lake.connection.execute("BEGIN")
        try:
            yield Commit(lake)
            lake.connection.execute("COMMIT")
        except duckdb.Error as error:
            _roll_back(lake.connection)
            raise WarehouseError(
                f"The warehouse could not be written: {error}",
                "Nothing of this batch was kept; free space or repair the disk, then run it again.",
            ) from error
        except BaseException:
            _roll_back(lake.connection)
            raise
        publish(lake)


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.execute("ROLLBACK")
    except duckdb.Error:
        return  # the failure had ended the transaction already
