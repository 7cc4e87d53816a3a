"""A warehouse that cannot be read, for the checks that need none: the machine is looked at anyway.

Without this, the one fault that hides all others would itself be shown by no check.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from newsloom.errors import WarehouseError, WarehouseMissing
from warehouse.digest import Digest
from warehouse.folder import FILES_NAME
from warehouse.published import Published
from warehouse.query import Queryable

FIRST_COMMIT_SECONDS = 60.0


class Unreadable:
    """Stands for the warehouse, and answers every question with the same error."""

    def __init__(self, error: WarehouseError) -> None:
        self.error = error

    def query(
        self, sql: str, parameters: list[object] | None = None, **tables: pa.Table
    ) -> pa.Table:
        """Raise the error that says why the warehouse cannot be read."""
        raise self.error


@contextmanager
def readable_or_not(folder: Path) -> Iterator[Queryable | None]:
    """Open the published warehouse to ask many things; None where nothing was ever put into it."""
    try:
        news: Digest | Unreadable = Digest(Published(folder))
    except WarehouseMissing as error:
        if _is_new(folder):
            yield None
            return
        news = Unreadable(error)
    except WarehouseError as error:
        news = Unreadable(error)
    if isinstance(news, Unreadable):
        yield news
        return
    with news:
        yield news


def _is_new(folder: Path) -> bool:
    """Say whether there is no lake, or one whose first commit is about to be published."""
    oldest = time.time() - FIRST_COMMIT_SECONDS
    try:
        return not any(
            path.stat().st_mtime < oldest for path in (folder / FILES_NAME).rglob("*.parquet")
        )
    except OSError:
        return False  # files that come and go are no first commit
