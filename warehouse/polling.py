"""What the warehouse knows of sources: how their last looks ended, and what was read of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from warehouse.query import Queryable

_SETTINGS = pa.schema(
    [
        ("source", pa.string()),
        ("kind", pa.string()),
        ("address", pa.string()),
        ("schedule", pa.string()),
        ("language", pa.string()),
        ("country", pa.string()),
        ("tags", pa.list_(pa.string())),
        ("paywalled", pa.bool_()),
        ("paused", pa.bool_()),
    ]
)
"""The columns of source_settings that describe a source."""

SETTING_NAMES = tuple(_SETTINGS.names)


def last_looks(source: Queryable) -> dict[tuple[str, str], dict[str, Any]]:
    """Return by (source, address) how the last look ended, and what the last full answer was.

    Keys of a value: due_at, interval_seconds, failures, failure_weight, outcome; etag,
    last_modified of the last list that was read; conditional, the looks since the
    last one that asked for the whole list; whole_at, when that was.
    """
    found = source.query(
        # No source waits for longer than a month, so looks from before say nothing any more.
        "WITH latest AS (SELECT max(polled_at) - INTERVAL 40 DAY AS since FROM facts.polls), "
        "looks AS (SELECT p.* FROM facts.polls AS p, latest WHERE p.polled_at > latest.since), "
        "whole AS ("
        "  SELECT source, address, max(commit_id) AS at,"
        "    arg_max(polled_at, commit_id) AS whole_at FROM looks"
        "  WHERE NOT conditional GROUP BY ALL) "
        "SELECT source, address, arg_max({'due_at': due_at,"
        "    'interval_seconds': interval_seconds, 'failures': failures,"
        "    'failure_weight': failure_weight, 'outcome': outcome}, commit_id) AS last,"
        "  arg_max({'etag': etag, 'last_modified': last_modified}, commit_id)"
        "    FILTER (outcome = 'read') AS sent,"
        "  count(*) FILTER (commit_id > coalesce(whole.at, 0)) AS conditional, "
        "  any_value(whole.whole_at) AS whole_at "
        "FROM looks LEFT JOIN whole USING (source, address) GROUP BY source, address"
    )
    nothing = dict.fromkeys(("etag", "last_modified"))
    return {
        (row["source"], row["address"]): {
            **row["last"], **(row["sent"] or nothing),
            "conditional": row["conditional"], "whole_at": row["whole_at"],
        }
        for row in found.to_pylist()
    }  # fmt: skip


def known_entries(source: Queryable, uris: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return by address how entries ended that were taken up before.

    Keys of a value: source (that it was first found through), first_at, last_at, status, removed,
    listing_hash.
    """
    wanted = pa.table({"uri": pa.array(sorted(set(uris)), pa.string())})
    found = source.query(f"{_ENTRIES} SEMI JOIN wanted USING (uri) {_BY_URI}", wanted=wanted)
    return {row["uri"]: row | row["last"] for row in found.to_pylist()}


def lately_found(source: Queryable, via: Iterable[str], since: datetime) -> list[dict[str, Any]]:
    """Return the entries first taken up after `since` from these lists, as `known_entries` does.

    With `via`, `listing` and `uri` each.
    """
    lists = pa.table({"via": pa.array(sorted(set(via)), pa.string())})
    found = source.query(
        f"{_ENTRIES} SEMI JOIN lists USING (via) WHERE seen_at > ? {_BY_URI} "
        "HAVING arg_max(kind, (commit_id, ordinal)) = 'page'",
        [since - timedelta(days=1)],
        lists=lists,
    )
    rows = [row | row["last"] for row in found.to_pylist()]
    return [row for row in rows if row["first_at"] > since]


_ENTRIES = (
    "SELECT uri, arg_min(source, (commit_id, ordinal)) AS source, min(seen_at) AS first_at, "
    "max(seen_at) AS last_at, arg_max({'status': status, 'article_id': article_id, "
    "'via': via, 'listing': listing, 'listing_hash': listing_hash}, (commit_id, ordinal)) AS last, "
    "coalesce(bool_or(article_id IN (SELECT article_id FROM facts.tombstones)), false) AS removed "
    "FROM facts.item_events"
)
_BY_URI = "GROUP BY uri"


def changed_settings(source: Queryable, now: list[dict[str, Any]]) -> pa.Table:
    """Return the rows of source_settings to write, so that what is listed `now` is known.

    A source that is listed no more gets a row without kind.
    """
    stored = source.query(
        "SELECT source, arg_max({'kind': kind, 'address': address, 'schedule': schedule, "
        "'language': language, 'country': country, 'tags': tags, 'paywalled': paywalled, "
        "'paused': paused}, commit_id) AS told FROM facts.source_settings GROUP BY source"
    )
    before = {row["source"]: {"source": row["source"], **row["told"]} for row in stored.to_pylist()}
    rows = [row for row in now if before.get(row["source"]) != row]
    listed = {row["source"] for row in now}
    gone = [name for name, row in before.items() if name not in listed and row["kind"]]
    rows += [{"source": name} for name in gone]
    return pa.Table.from_pylist(rows, schema=_SETTINGS)


POLL = pa.schema(
    [
        ("run_id", pa.string()),
        ("source", pa.string()),
        ("address", pa.string()),
        ("polled_at", pa.timestamp("us")),
        ("outcome", pa.string()),
        ("reason", pa.string()),
        ("detail", pa.string()),
        ("http_status", pa.int32()),
        ("conditional", pa.bool_()),
        ("etag", pa.string()),
        ("last_modified", pa.string()),
        ("content_hash", pa.string()),
        ("entries", pa.int32()),
        ("entries_new", pa.int32()),
        ("entries_again", pa.int32()),
        ("newest_entry_at", pa.timestamp("us")),
        ("failures", pa.int32()),
        ("failure_weight", pa.float64()),
        ("interval_seconds", pa.float64()),
        ("due_at", pa.timestamp("us")),
    ]
)
"""Rows of `polls`."""
