"""Which pairs are worth scoring: never all of them.

Two ways, united: MinHash bands over the weighted terms (they alone find reports as alike as most
true pairs, and they distribute), and an exact search for high term cosines (looser paraphrases
escape any affordable banding).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsloom.stories.profiles import Profiles
from newsloom.stories.ragged import F64, Rows

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BUCKET_CAP = 200
"""A band shared by more articles than this says nothing: no pairs are made from it."""
TOP = 80
"""An article in a crowd is compared with its closest; the others could not join it anyway."""
MIN_COSINE = 0.08
ROWS_AT_ONCE = 4_000

Pairs = tuple[Rows, Rows]

_BAND_JOIN = f"""
    WITH keys AS (SELECT n, is_new, unnest(story_keys) AS key FROM articles),
    buckets AS (SELECT key, list(n) AS members, list(n) FILTER (is_new) AS fresh FROM keys
                GROUP BY key HAVING count(*) BETWEEN 2 AND {BUCKET_CAP} AND bool_or(is_new)),
    pairs AS (SELECT unnest(fresh) AS a, members FROM buckets)
    SELECT DISTINCT least(a, b) AS a, greatest(a, b) AS b
    FROM (SELECT a, unnest(members) AS b FROM pairs) WHERE a <> b
    ORDER BY a, b
"""


def pairs(
    articles: Profiles, story_keys: pa.ChunkedArray, is_new: NDArray[np.bool_], window_days: float
) -> Pairs:
    """Return the pairs (a < b, at least one new) to score: inside the window, or one undated."""
    banded = within_window(articles, band_pairs(story_keys, is_new), window_days)
    return union(banded, cosine_pairs(articles, is_new, window_days))


def band_pairs(story_keys: pa.ChunkedArray, is_new: NDArray[np.bool_]) -> Pairs:
    """Return the pairs (a < b, at least one new) that share a MinHash band."""
    articles = pa.table({"n": np.arange(len(is_new)), "is_new": is_new, "story_keys": story_keys})
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.register("articles", articles)
        found = connection.execute(_BAND_JOIN).fetchnumpy()
    return found["a"].astype(np.intp), found["b"].astype(np.intp)


def cosine_pairs(articles: Profiles, is_new: NDArray[np.bool_], window_days: float) -> Pairs:
    """Return the pairs (a < b, at least one new) of high term cosine, inside the window or undated.

    New articles are compared a few days' worth at a time with those of the days around, so that
    neither time nor an article's closest `TOP` are spent on what lies outside the window.
    """
    if not is_new.any() or not len(articles.terms.ids):
        return _no_pairs()
    unit = _unit_rows(articles)
    found = [
        _closest(unit, fresh, others)
        for fresh, others in _slices(articles.days, is_new, window_days)
    ]
    left, right = (np.concatenate(side) for side in zip(*found, strict=True))
    return within_window(articles, _distinct(left, right), window_days)


def _slices(
    days: F64, is_new: NDArray[np.bool_], window_days: float
) -> Iterator[tuple[Rows, Rows]]:
    """Yield some new articles, and those that they are compared with."""
    undated = np.isnan(days)
    slice_days = max(window_days / 3, 1)
    number = np.floor(days / slice_days)
    for slice_number in np.unique(number[is_new & ~undated]):
        first = slice_number * slice_days - window_days
        last = (slice_number + 1) * slice_days + window_days
        around = undated | ((days >= first) & (days <= last))
        yield np.flatnonzero(is_new & (number == slice_number)), np.flatnonzero(around)
    if (is_new & undated).any():
        yield np.flatnonzero(is_new & undated), np.arange(len(days))


def _closest(unit: "csr_matrix", fresh: Rows, others: Rows) -> Pairs:
    from sparse_dot_topn import sp_matmul_topn

    across = unit[others].T.tocsr()
    hits = [
        sp_matmul_topn(
            unit[some], across, top_n=TOP, threshold=MIN_COSINE, n_threads=2, sort=False
        ).tocoo()
        for some in np.array_split(fresh, -(-len(fresh) // ROWS_AT_ONCE))
    ]
    rows = [some[h.row] for some, h in zip(np.array_split(fresh, len(hits)), hits, strict=True)]
    return np.concatenate(rows), others[np.concatenate([h.col for h in hits])]


def _unit_rows(articles: Profiles) -> "csr_matrix":
    """Return the articles' terms, scaled to length 1, with the columns renumbered without gaps."""
    # Not above: a run with nothing new does without scipy, which loads slowly.
    from scipy.sparse import csr_matrix

    terms, weights = articles.terms, articles.term_weights
    columns, numbers = np.unique(terms.ids, return_inverse=True)
    norms = np.sqrt(terms.sums(weights**2))
    data = (weights / np.repeat(np.maximum(norms, 1e-9), terms.lengths)).astype(np.float32)
    shape = (len(articles), len(columns))
    offsets = terms.offsets.astype(np.int32)
    return csr_matrix((data, numbers.astype(np.int32), offsets), shape=shape)


def within_window(articles: Profiles, pairs: Pairs, window_days: float) -> Pairs:
    """Drop the pairs of two dated articles that lie further apart than the window.

    Those of two languages go as well: what these have in common is judged by newsloom.events.
    """
    a, b = pairs
    apart = np.abs(articles.days[a] - articles.days[b])
    keep = (np.isnan(apart) | (apart <= window_days)) & articles.one_language(a, b)
    return a[keep], b[keep]


def union(first: Pairs, second: Pairs) -> Pairs:
    """Return the pairs of either, each once, in order."""
    return _distinct(np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]]))


def _distinct(left: Rows, right: Rows) -> Pairs:
    a, b = np.minimum(left, right), np.maximum(left, right)
    apart = a != b
    packed = np.unique(a[apart].astype(np.int64) << 32 | b[apart].astype(np.int64))
    return (packed >> 32).astype(np.intp), (packed & 0xFFFFFFFF).astype(np.intp)


def _no_pairs() -> Pairs:
    return np.empty(0, np.intp), np.empty(0, np.intp)
