"""What the warehouse knows already, for the decisions of an ingest."""

import pyarrow as pa

from warehouse.query import Queryable

BUCKET_CAP = 1000
"""A copy band that more contents share than this is boilerplate and makes no pairs."""


def observations(source: Queryable, inputs: pa.Table) -> pa.Table:
    """Return the last successful reading of each input: (locator, uri, content_hash, article_id).

    `inputs` has the columns `locator` and `uri`: a relative path means another file in another
    folder, and two rows of one file may give one address.
    """
    return source.query(
        "SELECT locator, uri, unnest(last) FROM ("
        "  SELECT locator, uri, arg_max({'content_hash': content_hash, 'article_id': article_id,"
        "                                'revision': revision}, (commit_id, ordinal)) AS last"
        "  FROM facts.item_events SEMI JOIN inputs USING (locator, uri)"
        "  WHERE status IN ('new', 'revised', 'unchanged') GROUP BY locator, uri)",
        inputs=inputs,
    )


def articles(source: Queryable, wanted: pa.Table) -> pa.Table:
    """Return the present revision of each article known, as far as revisions are decided by it."""
    return source.query(
        "SELECT article_id, revision, content_id, authors, published_at, published_precision, "
        "published_from FROM facts.live_revisions SEMI JOIN wanted USING (article_id)",
        wanted=wanted,
    )


def removed(source: Queryable, wanted: pa.Table) -> set[str]:
    """Return which of the articles were removed on request."""
    found = source.query(
        "SELECT DISTINCT article_id FROM facts.tombstones SEMI JOIN wanted USING (article_id)",
        wanted=wanted,
    )
    return set(found["article_id"].to_pylist())


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
    """Return the pairs of contents that share a copy band: (content_a, content_b).

    `fresh` are the new SIGNATUREs; each is paired with the stored ones and with the other new ones.
    """
    return source.query(
        """
        WITH wanted AS (SELECT content_id, unnest(copy_keys) AS key FROM fresh),
        stored AS (
            SELECT content_id, unnest(copy_keys) AS key
            FROM facts.signatures
            ANTI JOIN fresh USING (content_id)
            WHERE signature_version = $1
        ),
        everything AS (
            SELECT DISTINCT content_id, key FROM stored SEMI JOIN wanted USING (key)
            UNION ALL
            FROM wanted
        ),
        narrow AS (SELECT key FROM everything GROUP BY key HAVING count(*) BETWEEN 2 AND $2)
        SELECT DISTINCT least(w.content_id, e.content_id) AS content_a,
                        greatest(w.content_id, e.content_id) AS content_b
        FROM wanted AS w
        JOIN narrow USING (key)
        JOIN everything AS e ON e.key = w.key AND e.content_id <> w.content_id
        """,
        [version, BUCKET_CAP],
        fresh=fresh.select(["content_id", "copy_keys"]),
    )


def texts_of_contents(source: Queryable, wanted: pa.Table) -> dict[str, tuple[str, str]]:
    """Return headline and text of stored contents."""
    found = source.query(
        "SELECT content_id, any_value(title) AS title, any_value(text) AS text "
        "FROM facts.article_revisions SEMI JOIN wanted USING (content_id) "
        "JOIN facts.article_texts USING (article_id, revision) GROUP BY content_id",
        wanted=wanted,
    )
    columns = (found[name].to_pylist() for name in ("content_id", "title", "text"))
    return {c: (title, text) for c, title, text in zip(*columns, strict=True)}
