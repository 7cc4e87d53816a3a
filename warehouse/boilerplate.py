"""The boilerplate of sources, in the warehouse: what is counted, and what follows for contents.

All of it is a function of the set of `site_picks`, and it only ever grows: so it does not matter in
which order articles arrive, and a pick that was found to be boilerplate need not be counted again.
"""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa

from newsloom.fingerprints import Masks
from newsloom.fingerprints.boilerplate import MIN_CARRIERS, are_many
from warehouse.groups import one_column
from warehouse.query import Queryable

PAGE = pa.schema(
    [
        ("source", pa.string()),
        ("article_id", pa.string()),
        ("content_id", pa.string()),
        ("marks", pa.list_(pa.uint32())),
        ("picks", pa.list_(pa.uint32())),
    ]
)
"""A row of site_picks that is to be written."""
FOUND = pa.schema([("source", pa.string()), ("pick", pa.uint32())])
_NO_PAGES, _NONE_FOUND = PAGE.empty_table(), FOUND.empty_table()


def find(source: Queryable, pages: pa.Table) -> pa.Table:
    """Return what becomes boilerplate by these PAGEs, and was none before: a table of FOUND."""
    counted = source.query(_OFTEN, [MIN_CARRIERS], pages=pages)
    rows = zip(*(counted[name].to_pylist() for name in counted.column_names), strict=True)
    found = [(name, pick) for name, pick, marks in rows if are_many(marks)]
    return pa.Table.from_pylist([{"source": s, "pick": p} for s, p in found], schema=FOUND)


# Whole texts are gone through twice: most picks are found to be rare without carrying anything.
_OFTEN = """
    WITH texts AS MATERIALIZED (
        SELECT source, article_id, marks, picks
        FROM facts.site_picks SEMI JOIN (SELECT DISTINCT source FROM pages) USING (source)
        UNION ALL
        SELECT source, article_id, marks, picks FROM pages
    ),
    often AS MATERIALIZED (
        SELECT source, pick FROM (SELECT source, unnest(picks) AS pick FROM texts)
        GROUP BY ALL HAVING count(*) >= $1
    ),
    fresh AS (
        FROM often SEMI JOIN (SELECT source, unnest(picks) AS pick FROM pages) USING (source, pick)
        ANTI JOIN facts.boilerplate USING (source, pick)
    )
    SELECT source, pick, list(DISTINCT marks) AS marks
    FROM (SELECT source, article_id, marks, unnest(picks) AS pick FROM texts
          WHERE EXISTS (FROM often))
    SEMI JOIN fresh USING (source, pick) GROUP BY source, pick
    HAVING count(DISTINCT article_id) >= $1
    ORDER BY source, pick
"""


def carriers(source: Queryable, found: pa.Table) -> set[str]:
    """Return the stored contents that have any of the FOUND picks of their sources."""
    if not found.num_rows:
        return set()
    contents = source.query(
        "SELECT DISTINCT content_id FROM ("
        "  SELECT source, content_id, unnest(picks) AS pick FROM facts.site_picks"
        ") SEMI JOIN found USING (source, pick)",
        found=found,
    )
    return set(contents["content_id"].to_pylist())


def masks_of(
    source: Queryable,
    contents: Iterable[str],
    pages: pa.Table = _NO_PAGES,
    found: pa.Table = _NONE_FOUND,
) -> Masks:
    """Return the boilerplate in each of the contents that has any: that of all their sources.

    `pages` and `found` are counted in, though they are not written yet.
    """
    if not found.num_rows and not source.query("FROM facts.boilerplate LIMIT 1").num_rows:
        return {}
    rows = source.query(
        """
        SELECT content_id, list_sort(list(DISTINCT pick)) AS picks
        FROM (
            SELECT source, content_id, unnest(picks) AS pick
            FROM (
                SELECT source, content_id, picks FROM facts.site_picks
                UNION ALL
                SELECT source, content_id, picks FROM pages
            ) SEMI JOIN wanted USING (content_id)
        ) SEMI JOIN (
            SELECT source, pick FROM facts.boilerplate UNION ALL SELECT source, pick FROM found
        ) USING (source, pick)
        GROUP BY content_id
        """,
        wanted=one_column("content_id", contents),
        pages=pages,
        found=found,
    )
    columns = (rows[name].to_pylist() for name in ("content_id", "picks"))
    return {content: np.array(picks, np.uint32) for content, picks in zip(*columns, strict=True)}
