"""Reading a query's rows, cut to what a page can show and a pipe should carry."""

import math
import time
from typing import Any

import duckdb

from warehouse.sandbox.answer import Answer, Cell
from warehouse.sandbox.errors import SqlRefused

MOST_VALUE_CHARACTERS = 2_000
MOST_COLUMNS = 200
MOST_CHARACTERS = 4_000_000
"""Of all cells together: rows that would go beyond it count as `more`."""
_CHUNK_ROWS = 50
_NATIVE = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
     "HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE", "BOOLEAN"}
)  # fmt: skip


def fetch(connection: duckdb.DuckDBPyConnection, sql: str, most_rows: int) -> Answer:
    """Run `sql`, a statement that was checked, and return its first rows."""
    started = time.perf_counter()
    relation = connection.sql(sql)
    types = tuple(str(kind) for kind in relation.types)
    if len(types) > MOST_COLUMNS:
        raise SqlRefused(f"The rows have {len(types):,} columns.", f"Choose up to {MOST_COLUMNS}.")
    # By position: two columns may have one name, and a name may be anything.
    cells = ", ".join(_cell(number, kind) for number, kind in enumerate(types, 1))
    rows, more = _rows(relation.project(cells).limit(most_rows + 1), most_rows)
    return Answer(tuple(relation.columns), types, rows, more, time.perf_counter() - started)


def explain(connection: duckdb.DuckDBPyConnection, sql: str) -> Answer:
    """Run an EXPLAIN that was checked and return the plan, a line a row."""
    started = time.perf_counter()
    plan = "\n".join(str(row[-1]) for row in connection.execute(sql).fetchall())
    rows: list[tuple[Cell, ...]] = [(line,) for line in plan.splitlines()]
    return Answer(("plan",), ("VARCHAR",), rows, False, time.perf_counter() - started)


def _cell(number: int, kind: str) -> str:
    """Return the SQL of a column as it is sent.

    DuckDB writes all but numbers as text: Python has no year 20,000, and no type for many.
    """
    if kind in _NATIVE:
        return f"#{number}"
    if kind == "BLOB":
        return f"CASE WHEN #{number} IS NOT NULL THEN {_bytes(number)} END"
    text = f"CAST(#{number} AS VARCHAR)"
    cut = f"left({text}, {MOST_VALUE_CHARACTERS})"
    mark = f"format(' … ({{:,}} characters)', length({text}))"
    return (
        f"CASE WHEN length({text}) > {MOST_VALUE_CHARACTERS} THEN {cut} || {mark} ELSE {text} END"
    )


def _bytes(number: int) -> str:
    start = f"lower(hex(#{number}[1:16]))"
    more = f"CASE WHEN octet_length(#{number}) > 16 THEN '…' ELSE '' END"
    return f"{start} || {more} || format(' ({{:,}} bytes)', octet_length(#{number}))"


def _rows(relation: duckdb.DuckDBPyRelation, most_rows: int) -> tuple[list[tuple[Cell, ...]], bool]:
    rows: list[tuple[Cell, ...]] = []
    characters = 0
    while chunk := relation.fetchmany(_CHUNK_ROWS):
        for row in chunk:
            characters += sum(len(value) for value in row if isinstance(value, str))
            if len(rows) == most_rows or characters > MOST_CHARACTERS:
                return rows, True
            rows.append(tuple(_sent(value) for value in row))
    return rows, False


def _sent(value: Any) -> Cell:
    # JSON has no word for them.
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    cell: Cell = value
    return cell
