"""The part of the warehouse that events across languages are worked out from."""

from collections.abc import Iterable
from typing import NamedTuple

import pyarrow as pa

from warehouse.groups import DATED, one_column
from warehouse.query import Queryable

_ORIGINALS = f"""
    FROM ({DATED}) AS r
    ANTI JOIN facts.live_copies AS c ON c.article_id = r.article_id
"""
_KNOWN_LANGUAGE = "coalesce(r.language, 'und') <> 'und'"


def languages(source: Queryable) -> set[str]:
    """Return the languages that any revision in the warehouse has had."""
    found = source.query(
        "SELECT DISTINCT language FROM facts.article_revisions "
        "WHERE coalesce(language, 'und') <> 'und'"
    )
    return set(found["language"].to_pylist())


def originals(source: Queryable, articles: Iterable[str]) -> pa.Table:
    """Return content, language and date of those that are live, no copies, of a known language."""
    return source.query(
        f"SELECT r.article_id, r.content_id, r.language, r.published_at {_ORIGINALS} "
        f"SEMI JOIN wanted ON wanted.article_id = r.article_id WHERE {_KNOWN_LANGUAGE} "
        "ORDER BY r.article_id",
        wanted=one_column("article_id", articles),
    )


def originals_around(source: Queryable, new: pa.Table, window_days: int) -> pa.Table:
    """Return the other originals that may report the events of `new` in another language.

    Those are the ones inside the window, and the undated; around an undated one, all.
    """
    return source.query(
        f"SELECT r.article_id, r.content_id, r.language, r.published_at {_ORIGINALS} "
        "ANTI JOIN fresh ON fresh.article_id = r.article_id, "
        "(SELECT min(published_at) AS first, max(published_at) AS last,"
        "        bool_or(published_at IS NULL) AS undated, list(DISTINCT language) AS languages"
        " FROM fresh) AS span "
        f"WHERE {_KNOWN_LANGUAGE} AND span.languages <> [r.language] "
        "AND (span.undated OR r.published_at IS NULL "
        "OR r.published_at BETWEEN span.first - to_days($1) AND span.last + to_days($1)) "
        "ORDER BY r.article_id",
        [window_days],
        fresh=new,
    )


def unmarked(source: Queryable, contents: Iterable[str], version: int) -> pa.Table:
    """Return headline, text and language of the contents that have no marks of this version."""
    return source.query(
        "SELECT r.content_id, any_value(r.title) AS title, any_value(t.text) AS text, "
        "min(r.language) AS language "
        "FROM facts.live_revisions AS r SEMI JOIN wanted ON wanted.content_id = r.content_id "
        "JOIN facts.article_texts AS t USING (article_id, revision) "
        "ANTI JOIN facts.event_marks AS m ON m.content_id = r.content_id AND m.marks_version = $1 "
        "GROUP BY r.content_id ORDER BY r.content_id",
        [version],
        wanted=one_column("content_id", contents),
    )


def marked(source: Queryable, articles: pa.Table, version: int) -> pa.Table:
    """Return the articles (as from `originals`) with the marks of their contents."""
    return source.query(
        "SELECT a.article_id, a.language, a.published_at, m.mark_kinds, m.mark_ids, "
        "m.mark_weights, m.marks_in_lead FROM articles_given AS a "
        "JOIN facts.event_marks AS m ON m.content_id = a.content_id AND m.marks_version = $1 "
        "ORDER BY a.article_id",
        [version],
        articles_given=articles,
    )


class Around(NamedTuple):
    """Stories that may be one event with others: their articles' languages, and the edges."""

    languages: dict[str, dict[str, str]]  # by story, then article
    edges: list[tuple[str, str, float]]
    events: dict[str, str]  # the event that each was in


def stories_touched(source: Queryable, commit_id: int, articles: Iterable[str]) -> set[str]:
    """Return the stories that the commit changed, or that hold any of the articles."""
    found = source.query(
        """
        WITH moved AS (
            SELECT article_id FROM facts.story_members WHERE commit_id = $1
            UNION
            FROM wanted
        )
        SELECT DISTINCT story_id FROM facts.story_members SEMI JOIN moved USING (article_id)
        WHERE story_id IS NOT NULL
        UNION
        SELECT story_id FROM facts.story_states WHERE commit_id = $1
        """,
        [commit_id],
        wanted=one_column("article_id", articles),
    )
    return set(found["story_id"].to_pylist())


def around(source: Queryable, stories: Iterable[str]) -> Around:
    """Return the stories that edges or former events connect, over any way, with `stories`."""
    found = source.query(
        """
        WITH RECURSIVE links AS MATERIALIZED (
            SELECT DISTINCT a.story_id AS one, b.story_id AS other
            FROM facts.live_event_edges AS e
            JOIN facts.live_members AS a ON a.article_id = e.article_a
            JOIN facts.live_members AS b ON b.article_id = e.article_b
            WHERE a.story_id <> b.story_id
            UNION
            SELECT a.story_id, b.story_id
            FROM facts.event_members AS a JOIN facts.event_members AS b USING (event_id)
            WHERE a.story_id <> b.story_id
        ),
        reach AS (
            FROM wanted
            UNION
            SELECT l.far FROM reach JOIN (
                SELECT one AS story_id, other AS far FROM links
                UNION ALL
                SELECT other, one FROM links
            ) AS l USING (story_id)
        )
        SELECT story_id FROM reach
        """,
        wanted=one_column("story_id", stories),
    )
    everything = one_column("story_id", found["story_id"].to_pylist())
    return Around(
        _languages(source, everything), _edges(source, everything), _events(source, everything)
    )


def _languages(source: Queryable, stories: pa.Table) -> dict[str, dict[str, str]]:
    rows = source.query(
        "SELECT m.story_id, m.article_id, coalesce(r.language, 'und') AS language "
        "FROM facts.live_members AS m SEMI JOIN wanted USING (story_id) "
        "JOIN facts.live_revisions AS r USING (article_id)",
        wanted=stories,
    )
    found: dict[str, dict[str, str]] = {}
    for row in rows.to_pylist():
        found.setdefault(row["story_id"], {})[row["article_id"]] = row["language"]
    return found


def _edges(source: Queryable, stories: pa.Table) -> list[tuple[str, str, float]]:
    rows = source.query(
        "SELECT DISTINCT e.article_a, e.article_b, e.score FROM facts.live_event_edges AS e "
        "SEMI JOIN (FROM facts.live_members SEMI JOIN wanted USING (story_id)) AS m "
        "ON m.article_id = e.article_a ORDER BY ALL",
        wanted=stories,
    )
    return list(zip(*(rows[c].to_pylist() for c in rows.column_names), strict=True))


def _events(source: Queryable, stories: pa.Table) -> dict[str, str]:
    rows = source.query(
        "SELECT story_id, last.event_id AS event_id FROM ("
        "  SELECT story_id, arg_max({'event_id': event_id}, commit_id) AS last"
        "  FROM facts.event_members SEMI JOIN wanted USING (story_id) GROUP BY story_id)"
        "WHERE last.event_id IS NOT NULL",
        wanted=stories,
    )
    return dict(zip(*(rows[c].to_pylist() for c in rows.column_names), strict=True))
