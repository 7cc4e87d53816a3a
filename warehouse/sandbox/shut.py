"""A DuckDB connection over the published file that can reach nothing else."""

import re
from pathlib import Path

import duckdb

from warehouse.sandbox.errors import SqlFailed

THREADS = 2
_PARQUET = re.compile(r"'((?:[^']|'')*\.parquet)'")


def shut_connection(published: Path, memory: str) -> duckdb.DuckDBPyConnection:
    """Return a connection whose default catalog is the published file; no way leads out of it."""
    connection = duckdb.connect(config={"threads": THREADS})
    try:
        connection.execute(f"ATTACH {_literal(str(published))} AS news (READ_ONLY); USE news")
        files = _files(connection)
        connection.execute("SET memory_limit = $1", [memory])
        for name, value in {
            "TimeZone": "'UTC'",
            "temp_directory": "''",
            "enable_progress_bar": "false",
            "python_enable_replacements": "false",  # else a table's name may be a variable's here
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "allowed_paths": f"[{', '.join(map(_literal, files))}]",
            "enable_external_access": "false",
            "lock_configuration": "true",  # the last one: nothing can be set any more
        }.items():
            connection.execute(f"SET {name} = {value}")
    except duckdb.Error as error:
        connection.close()
        raise SqlFailed(f"The published warehouse cannot be opened: {error}") from error
    return connection


def _files(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the Parquet files that the views of the published file stand on."""
    rows = connection.execute("SELECT definition FROM news.facts.published_facts").fetchall()
    found = {name for (text,) in rows for name in _PARQUET.findall(text)}
    return sorted(name.replace("''", "'") for name in found)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
