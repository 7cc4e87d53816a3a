"""Reading the published warehouse: no lock, no extension, no waiting for a writer."""

import os
import secrets
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from newsloom.errors import UsageError, WarehouseError, WarehouseMissing
from warehouse.folder import PUBLISHED_NAME
from warehouse.query import quoted, run_query


class Published:
    """One snapshot of the warehouse, read-only. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / PUBLISHED_NAME
        if not self.path.is_file():
            raise WarehouseMissing(
                f"There is no warehouse in {folder} yet.",
                "Fill one with: newsloom ingest PATH, or name another folder with --warehouse DIR.",
            )
        # Attached, not opened: within one process DuckDB would open a file of the same name as the
        # one that is open already, though another snapshot has taken its place.
        scratch = quoted(_scratch())
        self.connection = duckdb.connect()
        try:
            file = quoted(str(self.path))
            self.connection.execute(f"ATTACH {file} AS news (READ_ONLY); USE news")
            # DuckDB draws a bar into the output of a program started with `python -c`.
            self.connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
            self.connection.execute(f"SET temp_directory = {scratch}")
            self.connection.execute("FROM facts.run_events LIMIT 1")
        except duckdb.Error as error:
            self.connection.close()
            raise WarehouseError(
                f"{self.path} cannot be read: {error}",
                "If its folder was moved, any run publishes it anew: newsloom ingest PATH",
            ) from error

    def __enter__(self) -> "Published":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.connection.close()

    def query(
        self, sql: str, parameters: list[object] | None = None, **tables: pa.Table
    ) -> pa.Table:
        """Run a query over the facts and views; `tables` can be named in it."""
        return run_query(self.connection, sql, parameters, tables)

    def rows(self, name: str, **parameters: object) -> list[dict[str, Any]]:
        """Run the named query of queries/ and return its rows."""
        cursor = self.connection.execute(named(name), parameters)
        columns = [column[0] for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

    def find_article(self, text: str) -> str:
        """Return the id of the one article that `text` names: an id or its start, a URL, a path."""
        found = self.rows("find_article", text=text, path=str(Path(text).absolute()))
        if not found:
            raise UsageError(
                f"No article has the id, URL or path {text!r}.",
                'List some with: newsloom sql "SELECT article_id, title FROM articles LIMIT 20"',
            )
        return _only(text, [row["article_id"] for row in found], "articles")

    def find_story(self, text: str) -> str:
        """Return the id of the one story that `text` names: an id, a former id, or its start."""
        found = self.rows("find_story", text=text)
        if not found:
            raise UsageError(f"No story has the id {text!r}.", "List them with: newsloom stories")
        return _only(text, [row["story_id"] for row in found], "stories")


def _scratch() -> str:
    """Return where what does not fit into memory goes; DuckDB makes the folder and removes it.

    Its own choice is the working directory, which is the user's. One for each connection: at its
    end DuckDB clears the folder, also of what another one has there.
    """
    return str(Path(tempfile.gettempdir(), f"newsloom-{os.getpid()}-{secrets.token_hex(4)}"))


def _only(text: str, ids: list[str], what: str) -> str:
    if len(ids) > 1:
        shown = ", ".join(ids[:5])
        raise UsageError(f"{text!r} fits several {what}: {shown}.", "Give more of the id.")
    return ids[0]


@cache
def named(name: str) -> str:
    """Return the text of a named query."""
    return files("warehouse").joinpath("queries", f"{name}.sql").read_text("utf-8")
