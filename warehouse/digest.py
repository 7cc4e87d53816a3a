"""The published warehouse with its costly views worked out once, for many questions at a time.

Health checks and the dashboard ask the same few views again and again. Here these are tables under
the same names in a database of their own, so that the same SQL finds them first; whatever is not
among them is read from the published file.
"""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from newsloom.errors import WarehouseError
from warehouse.published import Published
from warehouse.query import quoted, run_query

SEARCH_PATH = "digest.main,digest.facts,news.main,news.facts"
"""Where names are looked up: what was worked out comes first."""

FOR_HEALTH = (
    "facts.live_copies", "facts.live_members",
    "item_hours", "runs", "rejects", "source_health", "facts.silences", "facts.fresh_articles",
)  # fmt: skip
"""What the checks stand on, in the order of making: one may stand on the former."""

_KEPT = {
    "rejects": "SELECT * EXCLUDE (payload) FROM ({sql})",
}
"""What is kept of a view of which the whole would take too much room."""


class Digest:
    """A snapshot to ask many things of. Use as a context manager; it closes the file, too."""

    def __init__(
        self,
        news: Published,
        names: tuple[str, ...] = FOR_HEALTH,
        file: Path | None = None,
        selects: Mapping[str, str] | None = None,
    ) -> None:
        """Work the named views out, into memory or into a new file, and what `selects` gives."""
        self.news = news
        self.path: Path = news.path
        self.connection = news.connection
        try:
            # In small groups of rows, few have to be read for the page of one article.
            place = quoted(str(file or ":memory:"))
            self.connection.execute(f"ATTACH {place} AS digest (ROW_GROUP_SIZE 16384)")
            self.connection.execute("CREATE SCHEMA digest.facts")
            self.connection.execute(f"SET search_path = '{SEARCH_PATH}'")
            for name in names:
                self.keep(name)
            for name, select in (selects or {}).items():
                self.keep(name, select)
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            news.connection.close()
            raise WarehouseError(
                f"{news.path} was published by another version of Newsloom.",
                "Any run publishes it anew: newsloom ingest PATH",
            ) from error
        except duckdb.Error as error:
            news.connection.close()
            raise WarehouseError(
                f"{news.path} cannot be read: {error}", "Any run publishes it anew."
            ) from error

    def keep(self, name: str, select: str | None = None) -> None:
        """Work a view out; `select` orders it, or leaves out what would take too much room."""
        self.connection.execute(f"CREATE TABLE digest.{_whole(name)} AS {select or kept(name)}")

    def query(
        self, sql: str, parameters: list[object] | None = None, **tables: pa.Table
    ) -> pa.Table:
        """Run a query over the facts and views; `tables` can be named in it."""
        try:
            return run_query(self.connection, sql, parameters, tables)
        except duckdb.Error as error:
            raise WarehouseError(f"The warehouse cannot be read: {error}") from error

    def rows(self, name: str, **parameters: object) -> list[dict[str, Any]]:
        """Run the named query of queries/ and return its rows."""
        return self.news.rows(name, **parameters)

    def __enter__(self) -> "Digest":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.connection.close()


def kept(name: str) -> str:
    """Return the SELECT of what is kept of a view."""
    return _KEPT.get(name, "{sql}").format(sql=sql(name))


def sql(name: str) -> str:
    """Return the SELECT of a view by its name as it is asked for."""
    from warehouse.views import sql_of

    return sql_of(name.removeprefix("facts."))


def _whole(name: str) -> str:
    return name if "." in name else f"main.{name}"
