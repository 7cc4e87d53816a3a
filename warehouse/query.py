"""Running SQL with Arrow tables as inputs, over the lake or over a published file alike."""

from typing import Protocol

import duckdb
import pyarrow as pa


class Queryable(Protocol):
    """The lake, open for writing, or a published warehouse: both have the same facts and views."""

    def query(
        self, sql: str, parameters: list[object] | None = None, **tables: pa.Table
    ) -> pa.Table:
        """Run a query; `tables` can be named in it."""


def run_query(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: list[object] | None,
    tables: dict[str, pa.Table],
) -> pa.Table:
    """Run `sql` with Arrow tables under their names, and return an Arrow table."""
    for name, table in tables.items():
        connection.register(name, table)
    try:
        return connection.execute(sql, parameters or []).to_arrow_table()
    finally:
        for name in tables:
            connection.unregister(name)


def quoted(text: str) -> str:
    """Return `text` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
