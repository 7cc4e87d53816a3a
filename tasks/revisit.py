"""Pages that were fetched before: asked for changes only, and recognised where there are none.

A 304 is believed only where it can be: the last visit ended well, its validators came with what
was read then, what the feed or row says of the page is the same, and the page was fetched in full
not too long ago. Servers send 304 for ever, so sooner or later everything is fetched in full.
"""

import datetime
from typing import Any

import pyarrow as pa

from newsloom import clock
from newsloom.discover.rows import ROW_TYPE
from newsloom.ids import content_hash
from newsloom.schema import ITEM
from newsloom.vocabulary import Kind

Row = dict[str, Any]
Before = dict[tuple[str, str], Row]
"""By locator and address, what warehouse.known.observations says of a page."""


def with_conditions(
    items: pa.Table, to_fetch: pa.Array, before: Before, trusted_days: float
) -> tuple[pa.Table, list[str | None]]:
    """Return the items with the validators to send, and by row the addresses that gave them."""
    # Longer ago than any server lives is as good as never; the limit keeps the sum a date.
    trusted_since = clock.now() - datetime.timedelta(days=min(trusted_days, 36_500))
    rows = items.select(["locator", "uri", "content_type", "listing_hash"]).to_pylist()
    conditions: dict[str, list[str | None]] = {name: [] for name in _CONDITIONS}
    for index, (row, wanted) in enumerate(zip(rows, to_fetch.to_pylist(), strict=True)):
        if wanted and row["content_type"] == ROW_TYPE and not row["listing_hash"]:
            # What a row of a file says of its page, identified as the entry of a feed is.
            row["listing_hash"] = content_hash(Kind.ROW, items["content"][index].as_py())
        last = before.get((row["locator"], row["uri"])) if wanted else None
        asked = last if last and _trusted(last, row, trusted_since) else {}
        conditions["etag"].append(asked.get("etag"))
        conditions["last_modified"].append(asked.get("last_modified"))
        conditions["final_url"].append(asked.get("final_url"))
        conditions["listing_hash"].append(row["listing_hash"])
    for name in ("etag", "last_modified", "listing_hash"):
        items = _with(items, name, conditions[name])
    return items, conditions["final_url"]


_CONDITIONS = ("etag", "last_modified", "final_url", "listing_hash")


def compared(
    items: pa.Table, to_fetch: pa.Array, before: Before
) -> tuple[pa.Table, dict[int, Row]]:
    """Return the items, and by ordinal the former reading of those that have not changed since.

    A page that the server calls unchanged gets the content_hash that it had.
    """
    rows = items.select(_COMPARED).to_pylist()
    same: dict[int, Row] = {}
    for row, wanted in zip(rows, to_fetch.to_pylist(), strict=True):
        last = before.get((row["locator"], row["uri"])) if wanted and not row["reason"] else None
        if last is None:
            continue
        if row["http_status"] == 304:
            row["content_hash"] = last["content_hash"]
        if (row["content_hash"], row["final_url"]) == (last["content_hash"], last["final_url"]):
            same[row["ordinal"]] = last
    return _with(items, "content_hash", [row["content_hash"] for row in rows]), same


_COMPARED = ["ordinal", "locator", "uri", "content_hash", "final_url", "http_status", "reason"]


def _trusted(last: Row, row: Row, trusted_since: datetime.datetime) -> bool:
    """Tell whether a 304 would mean that nothing has changed."""
    full_at = last["full_at"]
    return bool(
        not last["failed"]
        and full_at is not None
        and full_at >= trusted_since
        and last["content_hash"]
        and last["listing_hash"] == row["listing_hash"]
    )


def _with(items: pa.Table, name: str, values: list[Any]) -> pa.Table:
    field = ITEM.field(name)
    return items.set_column(items.schema.get_field_index(name), field, pa.array(values, field.type))
