"""Which pairs are worth scoring: never all of them.

Two ways, united: MinHash bands over the weighted terms (they alone find reports as alike as most
true pairs, and they distribute), and an exact search for high term cosines (looser paraphrases
escape any affordable banding).
"""

from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsloom.stories.profiles import Profiles

if TYPE_CHECKING:
    from scipy.sparse import csr_array, csr_matrix

BUCKET_CAP = 200
"""A band shared by more articles than this says nothing: no pairs are made from it."""
TOP = 100
MIN_COSINE = 0.1

Rows = NDArray[np.intp]
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


def band_pairs(story_keys: pa.ChunkedArray, is_new: NDArray[np.bool_]) -> Pairs:
    """Return the pairs (a < b, at least one new) that share a MinHash band."""
    articles = pa.table({"n": np.arange(len(is_new)), "is_new": is_new, "story_keys": story_keys})
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.register("articles", articles)
        found = connection.execute(_BAND_JOIN).fetchnumpy()
    return found["a"].astype(np.intp), found["b"].astype(np.intp)


def cosine_pairs(articles: Profiles, is_new: NDArray[np.bool_]) -> Pairs:
    """Return the pairs (a < b, at least one new) whose term cosine is high."""
    from sparse_dot_topn import sp_matmul_topn

    fresh = np.flatnonzero(is_new)
    if not len(fresh) or not articles.terms.nnz:
        return _no_pairs()
    compact = _unit_rows(articles.terms)
    hits = sp_matmul_topn(
        compact[fresh], compact.T.tocsr(), top_n=TOP, threshold=MIN_COSINE, n_threads=2
    ).tocoo()
    left, right = fresh[hits.row], hits.col.astype(np.intp)
    return _distinct(left, right)


def _unit_rows(terms: "csr_array") -> "csr_matrix":
    """Return the rows scaled to length 1, with the columns renumbered without gaps."""
    # Not above: a run with nothing new does without scipy, which loads slowly.
    from scipy.sparse import csr_matrix

    columns, numbers = np.unique(terms.indices, return_inverse=True)
    norms = np.sqrt(terms.multiply(terms).sum(axis=1))
    lengths = np.diff(terms.indptr)
    data = (terms.data / np.repeat(np.maximum(norms, 1e-9), lengths)).astype(np.float32)
    shape = (terms.shape[0], len(columns))
    return csr_matrix((data, numbers.astype(np.int32), terms.indptr.astype(np.int32)), shape=shape)


def within_window(articles: Profiles, pairs: Pairs, window_days: float) -> Pairs:
    """Drop the pairs of two dated articles that lie further apart than the window."""
    a, b = pairs
    apart = np.abs(articles.days[a] - articles.days[b])
    keep = np.isnan(apart) | (apart <= window_days)
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
