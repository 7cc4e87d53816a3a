"""Items found, put together into Arrow batches of a bounded size."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from newsloom import clock
from newsloom.discover.found import Found
from newsloom.schema import ITEM
from newsloom.settings import IngestSettings
from newsloom.vocabulary import Kind

_AS_FOUND = (
    "final_url", "fetched_at", "http_status", "via", "listing_hash", "listing",
    "paywalled",
)  # fmt: skip

PAGE_BYTES = 250_000
"""What a page that is still to be fetched counts for: about the median of news pages, and some."""


def batches(
    found: Iterable[Found], limits: IngestSettings, source: str | None
) -> Iterator[pa.Table]:
    """Yield tables of ITEM with at most `batch_size` rows and about `batch_bytes` of content."""
    rows: list[Found] = []
    first, size = 0, 0
    for item in found:
        rows.append(item)
        size += _weight(item)
        if len(rows) >= max(1, limits.batch_size) or size >= limits.batch_bytes:
            yield _table(rows, first, source)
            first += len(rows)
            rows, size = [], 0
    if rows:
        yield _table(rows, first, source)


def _weight(item: Found) -> int:
    to_fetch = item.kind is Kind.PAGE and item.reason is None and item.fetched_at is None
    return len(item.content or b"") + (PAGE_BYTES if to_fetch else 0)


def _table(rows: list[Found], first: int, source: str | None) -> pa.Table:
    columns = {
        "ordinal": range(first, first + len(rows)),
        "locator": [row.locator for row in rows],
        "kind": [str(row.kind) for row in rows],
        "source": [source or row.source for row in rows],
        "source_given": [source is not None or row.source_given for row in rows],
        "uri": [row.uri for row in rows],
        "content": [row.content for row in rows],
        "content_hash": [row.content_hash for row in rows],
        "content_type": [row.content_type for row in rows],
        "reason": [row.reason and str(row.reason) for row in rows],
        "detail": [row.detail for row in rows],
        "discovered_at": [clock.now()] * len(rows),
        **{name: [getattr(row, name) for row in rows] for name in _AS_FOUND},
    }
    missing = dict.fromkeys(set(ITEM.names) - set(columns), [None] * len(rows))
    return pa.table({name: (columns | missing)[name] for name in ITEM.names}, schema=ITEM)
