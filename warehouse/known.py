"""What the warehouse knows already, for the decisions of an ingest."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import pyarrow as pa

from warehouse.query import Queryable, quoted

BUCKET_CAP = 64
"""Contents that share a band are compared in all pairs up to so many."""
BUCKET_HUBS = 4
"""In a larger bucket each content is compared with the first few only (by id, so that the choice
does not depend on arrival): the number of pairs stays linear, and true copies stay together."""

CANDIDATE_ROWS = 20_000
"""So many new contents are looked for at once, with all their bands; more, in slices of the bands:
memory stays bounded."""


def observations(source: Queryable, inputs: pa.Table) -> pa.Table:
    """Return the last successful reading of each input: content_hash, article_id, revision, and
    for pages etag, last_modified, final_url, listing_hash.

    full_at: when a page was last fetched in full. failed: it was tried again since, in vain.
    `inputs` has the columns `locator` and `uri`: a relative path means another file in another
    folder, and two rows of one file may give one address.
    """
    return source.query(
        "SELECT locator, uri, unnest(last), full_at, failed FROM ("
        f"  SELECT locator, uri, arg_max({_READING}, (commit_id, ordinal)) FILTER (good) AS last,"
        "          max(fetched_at) FILTER (good AND http_status = 200) AS full_at,"
        "          arg_max(NOT good, (commit_id, ordinal)) AS failed"
        "  FROM (SELECT *, status IN ('new', 'revised', 'unchanged') AS good"
        "        FROM facts.item_events SEMI JOIN inputs USING (locator, uri))"
        "  GROUP BY locator, uri HAVING bool_or(good))",
        inputs=inputs,
    )


_READING = (
    "{'content_hash': content_hash, 'article_id': article_id, 'revision': revision, 'etag': etag, "
    "'last_modified': last_modified, 'final_url': final_url, 'listing_hash': listing_hash}"
)


def articles(source: Queryable, wanted: pa.Table) -> pa.Table:
    """Return the present revision of each article known, as far as revisions are decided by it."""
    return source.query(
        "SELECT article_id, revision, content_id, authors, published_at, published_precision, "
        "published_from, published_doubt FROM facts.live_revisions SEMI JOIN wanted USING "
        "(article_id)",
        wanted=wanted,
    )


def last_read(source: Queryable, wanted: pa.Table) -> dict[str, datetime]:
    """Return when each article was last read: fetched, where it is a page; else, taken in."""
    found = source.query(
        "SELECT article_id, max(coalesce(fetched_at, seen_at)) AS read_at FROM facts.item_events "
        "SEMI JOIN wanted USING (article_id) WHERE status IN ('new', 'revised', 'unchanged') "
        "GROUP BY article_id",
        wanted=wanted,
    )
    return dict(zip(*(found[c].to_pylist() for c in ("article_id", "read_at")), strict=True))


def removed(source: Queryable) -> list[tuple[str, str | None]]:
    """Return what was removed on request: (article_id, url), an article once for each address.

    All of it: which spellings of an address mean the same is not for SQL to know.
    """
    found = source.query("SELECT DISTINCT article_id, url FROM facts.tombstones ORDER BY ALL")
    return list(zip(*(found[c].to_pylist() for c in found.column_names), strict=True))


def removed_contents(source: Queryable, wanted: pa.Table) -> dict[str, str]:
    """Return which of the contents a removed article had in any revision, and which article.

    Contents that an article which stays has too, as its copies do, are not among them.
    """
    found = source.query(
        "SELECT content_id, min(article_id) AS article_id FROM facts.article_revisions "
        "SEMI JOIN wanted USING (content_id) SEMI JOIN facts.tombstones USING (article_id) "
        "ANTI JOIN facts.live_revisions USING (content_id) GROUP BY content_id",
        wanted=wanted,
    )
    return dict(zip(*(found[c].to_pylist() for c in ("content_id", "article_id")), strict=True))


def signed(source: Queryable, wanted: pa.Table, version: int) -> set[str]:
    """Return which of the contents have a signature of this version."""
    found = source.query(
        "SELECT DISTINCT content_id FROM facts.signatures SEMI JOIN wanted USING (content_id) "
        "WHERE signature_version = ?",
        [version],
        wanted=wanted,
    )
    return set(found["content_id"].to_pylist())


def copy_candidates(source: Queryable, fresh: pa.Table, version: int) -> pa.Table:
    """Return the pairs of contents to compare: (content_a, content_b, exact, commits).

    `fresh` are the new COPY_SIGNATUREs. Contents with equal sets of shingles are exact copies: each
    is paired with the first of them, and only that one is looked for in the bands. `commits` holds
    the commits that wrote the contents that are stored.
    """
    columns = fresh.select(["content_id", "set_hash", "copy_keys"])
    slices = max(-(-fresh.num_rows // CANDIDATE_ROWS), 1)
    parts = [
        source.query(_CANDIDATES, [version, BUCKET_CAP, BUCKET_HUBS, slices, part], fresh=columns)
        for part in range(slices)
    ]
    if slices == 1:
        return parts[0]
    return source.query(
        "SELECT content_a, content_b, exact, list_distinct(flatten(list(commits))) AS commits "
        "FROM parts GROUP BY ALL",
        parts=pa.concat_tables(parts),
    )


_CANDIDATES = """
    WITH stored AS (
        SELECT set_hash, arg_min(content_id, (commit_id, content_id)) AS first
        FROM facts.signatures SEMI JOIN fresh USING (set_hash)
        WHERE signature_version = $1 GROUP BY set_hash
    ),
    classed AS MATERIALIZED (
        SELECT content_id, copy_keys,
               coalesce(stored.first, min(content_id) OVER (PARTITION BY set_hash)) AS first
        FROM fresh LEFT JOIN stored USING (set_hash)
        WHERE len(copy_keys) > 0
    ),
    wanted AS MATERIALIZED (
        SELECT key, content_id, NULL::BIGINT AS commit_id
        FROM (SELECT unnest(copy_keys) AS key, content_id FROM classed WHERE content_id = first)
        WHERE key % $4 = $5
    ),
    everything AS MATERIALIZED (
        SELECT key, content_id, commit_id FROM facts.copy_bands SEMI JOIN wanted USING (key)
        UNION ALL
        FROM wanted
    ),
    buckets AS (SELECT key, count(*) AS size FROM everything GROUP BY key HAVING size > 1),
    ranked AS MATERIALIZED (
        SELECT key, content_id, commit_id, size,
               row_number() OVER (PARTITION BY key ORDER BY content_id) AS rank
        FROM everything JOIN buckets USING (key)
    ),
    hubs AS MATERIALIZED (FROM ranked WHERE size > $2 AND rank <= $3),
    pairs AS (
        SELECT wanted.content_id AS one, ranked.content_id AS other, ranked.commit_id
        FROM wanted JOIN ranked USING (key) WHERE size <= $2
        UNION ALL
        SELECT wanted.content_id, hubs.content_id, hubs.commit_id
        FROM wanted JOIN hubs USING (key)
        UNION ALL
        SELECT hubs.content_id, ranked.content_id, ranked.commit_id
        FROM hubs SEMI JOIN wanted USING (key, content_id) JOIN ranked USING (key)
    )
    SELECT least(one, other) AS content_a, greatest(one, other) AS content_b, false AS exact,
           list(DISTINCT commit_id) AS commits
    FROM pairs WHERE one <> other GROUP BY ALL
    UNION ALL
    SELECT least(content_id, first), greatest(content_id, first), true, []
    FROM classed WHERE content_id <> first AND $5 = 0
"""


def new_sets(source: Queryable, fresh: pa.Table, version: int) -> set[str]:
    """Return the contents that are the first with their set of shingles: those get bands."""
    found = source.query(
        "WITH known AS ("
        "  SELECT set_hash FROM facts.signatures WHERE signature_version = $1) "
        "SELECT min(content_id) AS content_id FROM fresh ANTI JOIN known USING (set_hash) "
        "WHERE len(copy_keys) > 0 GROUP BY set_hash",
        [version],
        fresh=fresh.select(["content_id", "set_hash", "copy_keys"]),
    )
    return set(found["content_id"].to_pylist())


def texts_of_contents(
    source: Queryable, wanted: pa.Table, commits: Iterable[int] = ()
) -> dict[str, tuple[str, str]]:
    """Return headline and text of stored contents; faster with the commits that wrote them.

    Values written into the statement, unlike a joined table, let DuckDB pass over the files and
    row groups that hold none of them.
    """
    inside = _among("commit_id", sorted(set(commits)))
    articles = source.query(
        "SELECT content_id, unnest(min({'article_id': article_id, 'revision': revision, "
        "'title': title})) "
        f"FROM facts.article_revisions SEMI JOIN wanted USING (content_id) WHERE {inside} "
        "GROUP BY content_id",
        wanted=wanted,
    )
    if not articles.num_rows:
        return {}
    found = source.query(
        "SELECT content_id, title, text FROM ("
        f"  SELECT article_id, revision, text FROM facts.article_texts WHERE {inside} AND "
        f"{_among('article_id', articles['article_id'].to_pylist())}"
        ") JOIN articles USING (article_id, revision)",
        articles=articles,
    )
    columns = (found[name].to_pylist() for name in ("content_id", "title", "text"))
    return {c: (title, text) for c, title, text in zip(*columns, strict=True)}


def with_equal_sets(source: Queryable, wanted: pa.Table, version: int, least: int) -> set[str]:
    """Return the contents that have the set of shingles of any of these, from `least` shingles."""
    found = source.query(
        "SELECT DISTINCT content_id FROM facts.signatures "
        "WHERE signature_version = $1 AND shingle_count >= $2 AND set_hash IN ("
        "  SELECT set_hash FROM facts.signatures SEMI JOIN wanted USING (content_id)"
        "  WHERE signature_version = $1 AND shingle_count >= $2)",
        [version, least],
        wanted=wanted,
    )
    return set(found["content_id"].to_pylist())


def holders(source: Queryable, wanted: pa.Table) -> pa.Table:
    """Return the articles that have or had any of the contents: (content_id, article_id)."""
    return source.query(
        "SELECT DISTINCT content_id, article_id FROM facts.article_revisions "
        "SEMI JOIN wanted USING (content_id) ORDER BY ALL",
        wanted=wanted,
    )


def languages_of_contents(source: Queryable, wanted: pa.Table) -> dict[str, str]:
    """Return the language that each stored content was first read in."""
    found = source.query(
        "SELECT content_id, arg_min(language, (commit_id, article_id)) AS language "
        "FROM facts.article_revisions SEMI JOIN wanted USING (content_id) GROUP BY content_id",
        wanted=wanted,
    )
    return dict(zip(*(found[c].to_pylist() for c in ("content_id", "language")), strict=True))


def _among(column: str, values: Sequence[int | str]) -> str:
    """Return a condition that a column has one of the values; none at all is no condition."""
    literals = (quoted(value) if isinstance(value, str) else str(value) for value in values)
    return f"{column} IN ({', '.join(literals)})" if values else "true"
