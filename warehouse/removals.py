"""What a removal on request is about: articles, their addresses, and rejects that hold them."""

import json
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from warehouse.groups import one_column
from warehouse.query import Queryable

Row = dict[str, Any]


def articles_named(source: Queryable, text: str, path: str, addresses: Iterable[str]) -> list[str]:
    """Return the articles that an id, its start, a path, or one of the addresses names.

    Those that were removed already are among them.
    """
    found = source.query(
        """
        SELECT DISTINCT article_id FROM facts.article_revisions
        WHERE article_id = $1 OR (length($1) >= 6 AND starts_with(article_id, $1))
           OR url IN (FROM addresses) OR canonical_url IN (FROM addresses)
        UNION
        SELECT article_id FROM facts.item_events
        WHERE article_id IS NOT NULL
          AND (locator IN ($1, $2) OR uri IN (FROM addresses) OR final_url IN (FROM addresses))
        ORDER BY article_id
        """,
        [text, path],
        addresses=one_column("address", addresses),
    )
    return [str(article) for article in found["article_id"].to_pylist()]


def shown(source: Queryable, articles: Iterable[str]) -> list[Row]:
    """Return what a person should see of articles before they go, with the copies that stay.

    `headline` is the beginning of the text where there is none. Removed ones are left out.
    """
    rows: list[Row] = source.query(
        """
        SELECT r.article_id, coalesce(nullif(r.title, ''), left(t.text, 80)) AS headline, r.source,
               r.published_at, coalesce(r.canonical_url, r.url, r.locator) AS place, r.revision,
               coalesce(list(c.article_id ORDER BY c.article_id)
                        FILTER (c.article_id IS NOT NULL), []) AS copies
        FROM facts.live_revisions AS r SEMI JOIN wanted USING (article_id)
        LEFT JOIN facts.article_texts AS t USING (article_id, revision)
        LEFT JOIN facts.live_copies AS c ON c.original_id = r.article_id
        GROUP BY ALL ORDER BY r.article_id
        """,
        wanted=one_column("article_id", articles),
    ).to_pylist()
    return rows


def places(source: Queryable, articles: Iterable[str]) -> list[Row]:
    """Return every address and file that articles were ever found at: (article_id, place)."""
    rows: list[Row] = source.query(
        """
        SELECT article_id, unnest([url, canonical_url]) AS place
        FROM facts.article_revisions SEMI JOIN wanted USING (article_id)
        UNION
        SELECT article_id, unnest([uri, final_url])
        FROM facts.item_events SEMI JOIN wanted USING (article_id)
        ORDER BY ALL
        """,
        wanted=one_column("article_id", articles),
    ).to_pylist()
    return [row for row in rows if row["place"]]


def removed_among(source: Queryable, articles: Iterable[str]) -> set[str]:
    """Return which of the articles have a tombstone already."""
    found = source.query(
        "SELECT DISTINCT article_id FROM facts.tombstones SEMI JOIN wanted USING (article_id)",
        wanted=one_column("article_id", articles),
    )
    return set(found["article_id"].to_pylist())


def reject_places(source: Queryable) -> list[tuple[str, str | None, str | None]]:
    """Return where every reject was found: its URI, the final address, and a row's own address."""
    rows = source.query(
        "SELECT DISTINCT uri, final_url, "
        "CASE WHEN kind = 'row' AND octet_length(payload) = payload_bytes THEN payload END AS row "
        "FROM facts.rejects ORDER BY uri"
    )
    return [(row["uri"], row["final_url"], _url_in(row["row"])) for row in rows.to_pylist()]


def _url_in(row: bytes | None) -> str | None:
    try:
        fields = json.loads(row or b"null")
    except (ValueError, RecursionError):
        return None
    url = fields.get("url") if isinstance(fields, dict) else None
    return url if isinstance(url, str) else None


def tombstones(rows: Iterable[Row]) -> pa.Table:
    """Return rows of facts.tombstones."""
    return pa.Table.from_pylist(list(rows), schema=_TOMBSTONE)


_TOMBSTONE = pa.schema(
    [
        ("article_id", pa.string()),
        ("url", pa.string()),
        ("reason", pa.string()),
        ("removed_at", pa.timestamp("us")),
    ]
)
