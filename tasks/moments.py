"""When articles were read: a page of an old archive takes nothing from what was read after it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from tasks.context import Context
from warehouse import known
from warehouse.groups import one_column

OLDER = "An older reading than the one that is stored."
LEEWAY = timedelta(minutes=1)
"""Clocks of crawlers differ: readings this close in time count by the order in which they come."""


class Moments:
    """When each article was last read, kept as a batch goes on; for pages fetched before it.

    What was fetched in this run is the present, whatever the clocks say.
    """

    def __init__(
        self, context: Context, items: pa.Table, rows: Iterable[Mapping[str, Any]]
    ) -> None:
        columns = items.select(["ordinal", "fetched_at", "discovered_at"]).to_pylist()
        self._read_at: dict[int, datetime] = {
            row["ordinal"]: row["fetched_at"]
            for row in columns
            if row["fetched_at"] and row["fetched_at"] < row["discovered_at"]
        }
        self._present = {row["ordinal"]: row["discovered_at"] for row in columns}
        wanted = {
            r["article_id"] for r in rows if r["article_id"] and r["ordinal"] in self._read_at
        }
        self._last: dict[str, datetime] = {}
        if wanted:
            self._last = known.last_read(context.lake, one_column("article_id", wanted))

    def is_older(self, ordinal: int, article_id: str) -> bool:
        """Tell whether an item was fetched before its article was last read."""
        at, last = self._read_at.get(ordinal), self._last.get(article_id)
        return bool(at and last and at < last - LEEWAY)

    def note(self, ordinal: int, article_id: str) -> None:
        """Keep that an item of the batch was a reading of an article."""
        at = self._read_at.get(ordinal) or self._present[ordinal]
        self._last[article_id] = max(at, self._last.get(article_id, at))
