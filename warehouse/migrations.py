"""Creates the fact tables, and brings an older warehouse up to the present schema.

A table or column that the schema has and the lake has not is added; a stored version that is newer
than this program's is refused.
"""

import duckdb

from newsloom.errors import WarehouseTooNew
from warehouse.schema import SCHEMA_VERSION, TABLES, Table

_OPTIONS = {"parquet_compression": "zstd", "parquet_version": "2"}


def bring_up_to_date(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the attached lake have every table and column of the schema. The lock must be held."""
    stored = _stored_version(connection)
    if stored == SCHEMA_VERSION:
        return
    if stored > SCHEMA_VERSION:
        raise WarehouseTooNew(
            f"This warehouse was written by a newer Newsloom (schema {stored}, "
            f"this program knows {SCHEMA_VERSION}).",
            "Update Newsloom, or name another folder with --warehouse DIR.",
        )
    present = _present_columns(connection)
    connection.execute("BEGIN")
    for table in TABLES:
        _bring_table(connection, table, present.get(table.name))
    connection.execute("CREATE TABLE IF NOT EXISTS lake.schema_versions (version INTEGER)")
    connection.execute("COMMIT")
    _set_options(connection)
    # Last: whoever is killed before this does all of it again.
    connection.execute("INSERT INTO lake.schema_versions VALUES (?)", [SCHEMA_VERSION])


def _stored_version(connection: duckdb.DuckDBPyConnection) -> int:
    if "schema_versions" not in _present_columns(connection):
        return 0
    found = connection.execute("SELECT max(version) FROM lake.schema_versions").fetchall()
    return int(found[0][0] or 0)


def _present_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    rows = connection.execute(
        "SELECT table_name, list(column_name) FROM duckdb_columns() "
        "WHERE database_name = 'lake' GROUP BY table_name"
    ).fetchall()
    return {name: set(columns) for name, columns in rows}


def _bring_table(
    connection: duckdb.DuckDBPyConnection, table: Table, present: set[str] | None
) -> None:
    if present is None:
        columns = ", ".join(f"{column.name} {column.type}" for column in table.columns)
        connection.execute(f"CREATE TABLE lake.{table.name} ({columns})")
        return
    for column in table.columns:
        if column.name not in present:
            connection.execute(
                f"ALTER TABLE lake.{table.name} ADD COLUMN {column.name} {column.type}"
            )


def _set_options(connection: duckdb.DuckDBPyConnection) -> None:
    for name, value in _OPTIONS.items():
        connection.execute(f"CALL lake.set_option('{name}', '{value}')")
    for table in TABLES:
        connection.execute(
            f"CALL lake.set_option('parquet_row_group_size', {table.row_group_rows}, "
            f"table_name => '{table.name}')"
        )
