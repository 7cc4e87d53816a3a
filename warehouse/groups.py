"""The part of the warehouse that a change touches: groups of copies, components of stories."""

from collections.abc import Iterable

import pyarrow as pa

from warehouse.query import Queryable

DATED = """
    SELECT * REPLACE (CASE WHEN published_doubt = 'future' THEN NULL ELSE published_at END
                      AS published_at)
    FROM facts.live_revisions
"""
"""The articles as stories see them: with a date that is still to come, an article is undated."""
_REACH = """
    WITH RECURSIVE reach AS (
        SELECT content_id FROM seeds
        UNION
        SELECT other FROM reach JOIN (
            SELECT content_a AS content_id, content_b AS other FROM facts.copy_pairs
            UNION ALL
            SELECT content_b, content_a FROM facts.copy_pairs
        ) USING (content_id)
    )
"""


def one_column(name: str, values: Iterable[str]) -> pa.Table:
    """Return the distinct values as a table, to name in a query."""
    return pa.table({name: pa.array(sorted(set(values)), pa.string())})


def copy_group(source: Queryable, contents: Iterable[str]) -> pa.Table:
    """Return the articles whose contents are linked by copy pairs to any of `contents`."""
    return source.query(
        _REACH + "SELECT article_id, content_id, published_at, word_count "
        f"FROM ({DATED}) SEMI JOIN reach USING (content_id) ORDER BY article_id",
        seeds=one_column("content_id", contents),
    )


def copy_pairs(source: Queryable, contents: Iterable[str]) -> pa.Table:
    """Return the verified pairs among the contents linked to any of `contents`."""
    return source.query(
        _REACH + "SELECT DISTINCT content_a, content_b, jaccard, containment "
        "FROM facts.copy_pairs SEMI JOIN reach ON content_a = reach.content_id",
        seeds=one_column("content_id", contents),
    )


def copies_of(source: Queryable, articles: Iterable[str]) -> dict[str, str]:
    """Return which of the articles are copies now, and of what."""
    found = source.query(
        "SELECT article_id, original_id FROM facts.live_copies SEMI JOIN wanted USING (article_id)",
        wanted=one_column("article_id", articles),
    )
    return dict(zip(*(found[c].to_pylist() for c in found.column_names), strict=True))


_ANY_PROFILE = f"""
    SELECT r.article_id, r.published_at, r.word_count, r.language, s.story_keys, s.term_ids,
           s.term_weights, s.term_places, s.pair_ids, s.pair_weights, s.number_ids,
           s.spoken_days, s.spoken_dates
    FROM ({DATED}) AS r
    JOIN facts.signatures AS s ON s.content_id = r.content_id AND s.signature_version = $1
"""
_PROFILE = _ANY_PROFILE + " ANTI JOIN facts.live_copies AS c ON c.article_id = r.article_id "


def any_profiles(source: Queryable, articles: Iterable[str], signature_version: int) -> pa.Table:
    """Return the profiles of live articles, copies included, in the order of their ids."""
    return source.query(
        _ANY_PROFILE + "SEMI JOIN wanted ON wanted.article_id = r.article_id ORDER BY r.article_id",
        [signature_version],
        wanted=one_column("article_id", articles),
    )


def profiles(source: Queryable, articles: Iterable[str], signature_version: int) -> pa.Table:
    """Return the story profiles of the articles that are live and no copies."""
    return source.query(
        _PROFILE + "SEMI JOIN wanted ON wanted.article_id = r.article_id ORDER BY r.article_id",
        [signature_version],
        wanted=one_column("article_id", articles),
    )


def profiles_around(
    source: Queryable, articles: Iterable[str], signature_version: int, window_days: int
) -> pa.Table:
    """Return the profiles of the others that may share a story with any of `articles`.

    Those are the articles inside the window, and the undated; around an undated one, all.
    """
    return source.query(
        _PROFILE + "ANTI JOIN wanted ON wanted.article_id = r.article_id, "
        "(SELECT min(published_at) AS first, max(published_at) AS last,"
        "        bool_or(published_at IS NULL) AS undated"
        f" FROM ({DATED}) SEMI JOIN wanted USING (article_id)) AS span "
        "WHERE span.undated OR r.published_at IS NULL "
        "OR r.published_at BETWEEN span.first - to_days($2) AND span.last + to_days($2) "
        "ORDER BY r.article_id",
        [signature_version, window_days],
        wanted=one_column("article_id", articles),
    )


def texts_of(source: Queryable, articles: Iterable[str]) -> list[tuple[str, str, str, str]]:
    """Return (article_id, title, text, language) of the present revisions of the articles."""
    found = source.query(
        "SELECT article_id, title, text, language FROM facts.live_revisions "
        "SEMI JOIN wanted USING (article_id) JOIN facts.article_texts USING (article_id, revision)",
        wanted=one_column("article_id", articles),
    )
    return list(zip(*(found[c].to_pylist() for c in found.column_names), strict=True))


def articles_around(source: Queryable, articles: Iterable[str], days: int) -> set[str]:
    """Return the articles published within so many days of the first and last of `articles`."""
    found = source.query(
        f"SELECT r.article_id FROM ({DATED}) AS r,"
        "(SELECT min(published_at) AS first, max(published_at) AS last"
        f" FROM ({DATED}) SEMI JOIN wanted USING (article_id)) AS span "
        "WHERE r.published_at BETWEEN span.first - to_days($1) AND span.last + to_days($1)",
        [days],
        wanted=one_column("article_id", articles),
    )
    return set(found["article_id"].to_pylist())


def edges_at(
    source: Queryable, articles: Iterable[str], least_score: float
) -> list[tuple[str, str, float]]:
    """Return the live edges from a score on that any of the articles is an end of."""
    found = source.query(
        "SELECT DISTINCT article_a, article_b, score FROM facts.live_edges "
        "WHERE score >= $1 AND (article_a IN (FROM wanted) OR article_b IN (FROM wanted))",
        [least_score],
        wanted=one_column("article_id", articles),
    )
    return list(zip(*(found[c].to_pylist() for c in found.column_names), strict=True))


def gone_neighbours(source: Queryable, articles: Iterable[str], least_score: float) -> set[str]:
    """Return the other ends of the articles' edges that are live no more.

    They had them before an article was revised, removed or became a copy.
    """
    found = source.query(
        """
        WITH ends AS (
            SELECT article_a AS article_id, article_b AS other, revision_a, revision_b
            FROM facts.story_edges SEMI JOIN wanted ON article_a = article_id WHERE score >= $1
            UNION ALL
            SELECT article_b, article_a, revision_a, revision_b
            FROM facts.story_edges SEMI JOIN wanted ON article_b = article_id WHERE score >= $1
        ), live AS (
            SELECT article_a, article_b FROM facts.live_edges
            WHERE article_a IN (FROM wanted) OR article_b IN (FROM wanted)
        )
        SELECT DISTINCT other FROM ends
        ANTI JOIN live ON least(article_id, other) = article_a
            AND greatest(article_id, other) = article_b
        """,
        [least_score],
        wanted=one_column("article_id", articles),
    )
    return set(found["other"].to_pylist())


def stories_of(source: Queryable, articles: Iterable[str]) -> dict[str, str]:
    """Return the last story of each of the articles, copies included."""
    found = source.query(
        "SELECT article_id, last.story_id FROM ("
        "  SELECT article_id, arg_max({'story_id': story_id}, commit_id) AS last"
        "  FROM facts.story_members SEMI JOIN wanted USING (article_id) GROUP BY article_id)"
        "WHERE last.story_id IS NOT NULL",
        wanted=one_column("article_id", articles),
    )
    return dict(zip(*(found[c].to_pylist() for c in found.column_names), strict=True))


def stories_elsewhere(
    source: Queryable, stories: Iterable[str], articles: Iterable[str]
) -> set[str]:
    """Return which of the story ids are in use by other articles than these."""
    found = source.query(
        "SELECT DISTINCT story_id FROM facts.live_members "
        "SEMI JOIN ids USING (story_id) ANTI JOIN wanted USING (article_id)",
        ids=one_column("story_id", stories),
        wanted=one_column("article_id", articles),
    )
    return set(found["story_id"].to_pylist())
