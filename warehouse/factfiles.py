"""The present snapshot as SQL: for each fact table, a SELECT over the Parquet files in it.

Columns go by the field numbers that stand in the files, with their types, so that a file from
before a column was added reads as null there.
"""

from warehouse.folder import FILES_NAME
from warehouse.lake import Lake
from warehouse.query import quoted
from warehouse.schema import RENEWED, TABLES, Table, unrenewed

_CATALOG = "__ducklake_metadata_lake"
# One query for all tables: the catalog's own function takes 10 ms and more for each.
_FILES = f"""
    SELECT t.table_name,
           CASE WHEN NOT f.path_is_relative THEN f.path
                WHEN NOT t.path_is_relative THEN t.path || f.path
                WHEN NOT s.path_is_relative THEN s.path || t.path || f.path
                ELSE $root || s.path || t.path || f.path END AS path
    FROM {_CATALOG}.ducklake_data_file AS f
    JOIN {_CATALOG}.ducklake_table AS t USING (table_id)
    JOIN {_CATALOG}.ducklake_schema AS s USING (schema_id)
    WHERE f.end_snapshot IS NULL AND t.end_snapshot IS NULL AND s.end_snapshot IS NULL
    ORDER BY path
"""
_FIELDS = f"""
    SELECT t.table_name, c.column_name, c.column_id
    FROM {_CATALOG}.ducklake_column AS c
    JOIN {_CATALOG}.ducklake_table AS t USING (table_id)
    WHERE c.parent_column IS NULL AND c.end_snapshot IS NULL AND t.end_snapshot IS NULL
"""


def selects(lake: Lake) -> dict[str, str]:
    """Return the SELECT of each fact table by its name. The lake's lock must be held."""
    files: dict[str, list[str]] = {table.name: [] for table in TABLES}
    numbers: dict[str, dict[str, int]] = {table.name: {} for table in TABLES}
    root = f"{lake.folder / FILES_NAME}/"
    for name, path in lake.connection.execute(_FILES, {"root": root}).fetchall():
        if name in files:
            files[name].append(path)
    for name, column, number in lake.connection.execute(_FIELDS).fetchall():
        if name in numbers:
            numbers[name][column] = number
    rows = {table.name: _select(table, files[table.name], numbers[table.name]) for table in TABLES}
    return {
        name: unrenewed(name, f"({select})") if name in RENEWED else select
        for name, select in rows.items()
    }


def no_rows(table: Table) -> str:
    """Return the SELECT of a table without files."""
    nulls = ", ".join(f"NULL::{column.type} AS {column.name}" for column in table.columns)
    return f"SELECT {nulls} WHERE false"


def _select(table: Table, files: list[str], numbers: dict[str, int]) -> str:
    if not files:
        return no_rows(table)
    schema = ", ".join(
        f"{numbers[column.name]}: {{name: {quoted(column.name)}, type: {quoted(column.type)}, "
        f"default_value: NULL}}"
        for column in table.columns
    )
    paths = ", ".join(map(quoted, files))
    names = ", ".join(column.name for column in table.columns)
    return f"SELECT {names} FROM read_parquet([{paths}], schema=MAP {{{schema}}})"
