"""The rejects that stand, for another try."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from warehouse.groups import one_column
from warehouse.query import Queryable

Row = dict[str, Any]


def listed(
    source: Queryable,
    reasons: Sequence[str] = (),
    since: datetime | None = None,
    limit: int | None = None,
) -> list[Row]:
    """Return the rejects without their payload, oldest first; `kept` is how much of it there is.

    reasons: these only, none for all. since: rejected then or later, UTC.
    """
    rows: list[Row] = source.query(
        """
        SELECT item_id, locator, uri, kind, source, source_given, via, reason, content_type,
               final_url, fetched_at, paywalled, rejected_at,
               coalesce(octet_length(payload), 0) AS kept, coalesce(payload_bytes, 0) AS whole
        FROM rejects
        WHERE (len($1::VARCHAR[]) = 0 OR list_contains($1::VARCHAR[], reason))
          AND ($2::TIMESTAMP IS NULL OR rejected_at >= $2::TIMESTAMP)
        ORDER BY rejected_at, item_id
        LIMIT coalesce($3::BIGINT, 9223372036854775807)
        """,
        [list(reasons), since, limit],
    ).to_pylist()
    return rows


def payloads(source: Queryable, items: Iterable[str]) -> dict[str, bytes]:
    """Return what was kept of the content of rejected items."""
    found = source.query(
        "SELECT item_id, payload FROM facts.rejects SEMI JOIN wanted USING (item_id) "
        "WHERE payload IS NOT NULL",
        wanted=one_column("item_id", items),
    )
    return dict(zip(*(found[c].to_pylist() for c in found.column_names), strict=True))
