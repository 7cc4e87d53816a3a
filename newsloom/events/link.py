"""Linking: the scored pairs of articles of different languages that may report one event.

Candidates share rare marks inside the time window; DuckDB joins them by mark and period, so that no
bucket outgrows its cap only because an archive of years was ingested at once.
"""

import duckdb
import numpy as np
import pyarrow as pa

from newsloom.events.features import NAMES, features
from newsloom.events.marks import WEIGHT_STEP, Kind
from newsloom.events.model import Model
from newsloom.events.profiles import MARKED, marks_by_article
from newsloom.scoring import EDGE

BUCKET_CAP = 200
"""A mark shared by more articles than this in one period makes no candidates."""
LEAST_SHARED_WEIGHT = 1.5
_LEAST_WEIGHT = {
    Kind.PLACE: 1.0, Kind.NUMBER: 2.0, Kind.NAME: 1.0, Kind.SOUND: 2.0, Kind.FULL_NAME: 2.0,
}  # fmt: skip
DAY_US = 86_400_000_000

_TELLING = " OR ".join(
    f"(kind = {kind.value} AND weight >= {round(least / WEIGHT_STEP)})"
    for kind, least in _LEAST_WEIGHT.items()
)
_JOIN = f"""
    WITH given AS (
        SELECT n, is_new, language, day,
               unnest(mark_kinds) AS kind, unnest(mark_ids) AS id, unnest(mark_weights) AS weight
        FROM articles
    ),
    telling AS (FROM given WHERE {_TELLING}),
    wanted AS (SELECT DISTINCT kind, id FROM telling WHERE is_new),
    marks AS (FROM telling SEMI JOIN wanted USING (kind, id)),
    undated AS (SELECT DISTINCT kind, id FROM marks WHERE day IS NULL),
    keyed AS (
        -- Two articles inside the window share a period: each stands in its own and in the next.
        SELECT n, is_new, language, kind, id, weight,
               unnest([floor(day / $window), floor(day / $window) + 1]) AS period
        FROM marks WHERE day IS NOT NULL
        UNION ALL
        SELECT n, is_new, language, kind, id, weight, NULL
        FROM marks SEMI JOIN undated USING (kind, id)
    ),
    narrow AS (
        SELECT kind, id, period FROM keyed GROUP BY ALL
        HAVING count(*) BETWEEN 2 AND {BUCKET_CAP} AND bool_or(is_new)
    ),
    found AS (SELECT keyed.* FROM keyed JOIN narrow ON keyed.kind = narrow.kind
              AND keyed.id = narrow.id AND keyed.period IS NOT DISTINCT FROM narrow.period),
    pairs AS (
        SELECT DISTINCT least(a.n, b.n) AS a, greatest(a.n, b.n) AS b, a.kind, a.id,
               least(a.weight, b.weight) AS weight
        FROM found AS a
        JOIN found AS b ON a.kind = b.kind AND a.id = b.id AND a.n <> b.n
             AND a.period IS NOT DISTINCT FROM b.period AND a.language <> b.language
        WHERE a.is_new
    )
    SELECT a, b FROM pairs
    GROUP BY a, b HAVING sum(weight) >= {round(LEAST_SHARED_WEIGHT / WEIGHT_STEP)}
    ORDER BY a, b
"""

Pairs = list[tuple[int, int]]


def link(new: pa.Table, stored: pa.Table, model: Model) -> pa.Table:
    """Return the EDGEs among `new` and between `new` and `stored` (both tables of MARKED).

    An edge is kept from the model's `keep_score` on. A pair's edge depends on the pair alone.
    """
    table = pa.concat_tables([t.select(MARKED.names).cast(MARKED) for t in (new, stored)])
    days = _days(table)
    pairs = _candidates(table, days, new.num_rows, model.window_days)
    if not pairs:
        return EDGE.empty_table()
    rows = sorted({row for pair in pairs for row in pair})
    known = dict(zip(rows, marks_by_article(table.take(pa.array(rows))), strict=True))
    ids = table["article_id"].to_pylist()
    seen = np.array([features(known[a], known[b], days_apart(days[a], days[b])) for a, b in pairs])
    edges = [
        _edge(min(ids[a], ids[b]), max(ids[a], ids[b]), float(score), values, model.version)
        for (a, b), score, values in zip(pairs, model.scores(seen), seen, strict=True)
        if score >= model.keep_score
    ]
    edges.sort(key=lambda edge: (edge["article_a"], edge["article_b"]))
    return pa.Table.from_pylist(edges, schema=EDGE)


def days_apart(a: float, b: float) -> float | None:
    """Return the days between two dates, None where one is missing (NaN)."""
    return None if np.isnan(a) or np.isnan(b) else abs(a - b)


def _days(table: pa.Table) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    micros = table["published_at"].cast(pa.int64()).to_numpy(zero_copy_only=False)
    days: np.ndarray[tuple[int], np.dtype[np.float64]] = micros.astype(np.float64) / DAY_US
    return days


def _candidates(
    table: pa.Table,
    days: np.ndarray[tuple[int], np.dtype[np.float64]],
    new_count: int,
    window_days: int,
) -> Pairs:
    numbers = np.arange(table.num_rows)
    articles = pa.table(
        {
            "n": numbers,
            "is_new": numbers < new_count,
            "day": pa.array(days, from_pandas=True),
            **{name: table[name] for name in ("language", "mark_kinds", "mark_ids")},
            "mark_weights": table["mark_weights"].cast(pa.list_(pa.int32())),
        }
    )
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.register("articles", articles)
        found = connection.execute(_JOIN, {"window": window_days}).fetchall()
    apart = ((a, b, days_apart(days[a], days[b])) for a, b in found)
    return [(a, b) for a, b, gap in apart if gap is None or gap <= window_days]


def _edge(
    first: str,
    second: str,
    score: float,
    values: np.ndarray[tuple[int], np.dtype[np.float64]],
    version: int,
) -> dict[str, object]:
    named = [(name, round(float(v), 4)) for name, v in zip(NAMES, values, strict=True) if v]
    return {
        "article_a": first,
        "article_b": second,
        "score": score,
        "features": named,
        "model_version": version,
    }
