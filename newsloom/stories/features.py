"""What a pair of articles has in common, as a few readable numbers.

Every feature is a function of the two articles alone (and of the fixed background of word
frequencies), never of what else is in the warehouse: the order of arrival cannot change a score.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from newsloom.stories.profiles import F64, Profiles

if TYPE_CHECKING:
    from scipy.sparse import csr_array

FEATURES = {
    "term_cosine": "Cosine of the weighted terms.",
    "term_containment": "Share of the weightier terms of the one with fewer that the other has "
    "too.",
    "lead_cosine": "Cosine of the terms in headline and lead.",
    "title_overlap": "Share of the shorter headline's term weight that both headlines have.",
    "titles_missing": "1 where an article has no headline.",
    "entity_jaccard": "Shared entities over all entities of the two.",
    "entities_missing": "1 where an article was not tagged.",
    "shared_pairs": "ln(1 + number of rare word pairs that both have).",
    "shared_numbers": "ln(1 + numbers with their neighbouring word that both have).",
    "days_apart": "ln(1 + days between the two), 0 where one is undated.",
    "undated": "1 where an article has no date.",
    "short": "How far the shorter of the two falls below 300 words: ln(300 / words), at least 0.",
}
NAMES = tuple(FEATURES)
FULL_LENGTH_WORDS = 300.0

Rows = NDArray[np.intp]


PAIRS_AT_ONCE = 20_000
"""Bounds the memory of the gathered rows: about 150 MB."""


def features(articles: Profiles, a: Rows, b: Rows) -> F64:
    """Return the features of the pairs (a[k], b[k]): shape (pairs, len(NAMES))."""
    # Totals and norms are then worked out for the articles concerned, not for all.
    rows, at = np.unique(np.concatenate([a, b]), return_inverse=True)
    concerned, left, right = articles.take(rows), at[: len(a)], at[len(a) :]
    parts = [
        _features(
            concerned, left[start : start + PAIRS_AT_ONCE], right[start : start + PAIRS_AT_ONCE]
        )
        for start in range(0, len(a), PAIRS_AT_ONCE)
    ]
    return np.concatenate(parts) if parts else np.empty((0, len(NAMES)))


def _features(articles: Profiles, a: Rows, b: Rows) -> F64:
    term_shared, term_smaller = _overlap(articles.terms, a, b)
    title_shared, title_smaller = _overlap(articles.title, a, b)
    entity_shared, entity_union = _jaccard_parts(articles.entities, a, b)
    apart = np.abs(articles.days[a] - articles.days[b])
    undated = np.isnan(apart)
    shorter = np.maximum(np.minimum(articles.word_count[a], articles.word_count[b]), 1)
    columns = [
        _cosine(articles.terms, a, b),
        _ratio(term_shared, term_smaller),
        _cosine(articles.lead, a, b),
        _ratio(title_shared, title_smaller),
        (title_smaller == 0).astype(np.float64),
        _ratio(entity_shared, entity_union),
        (~(articles.tagged[a] & articles.tagged[b])).astype(np.float64),
        np.log1p(_shared(articles.pairs, a, b)),
        np.log1p(_shared(articles.numbers, a, b)),
        np.log1p(np.where(undated, 0, apart)),
        undated.astype(np.float64),
        np.maximum(np.log(FULL_LENGTH_WORDS / shorter), 0),
    ]
    return np.column_stack(columns)


def _cosine(matrix: "csr_array", a: Rows, b: Rows) -> F64:
    norms = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    dots = matrix[a].multiply(matrix[b]).sum(axis=1)
    return _ratio(dots, norms[a] * norms[b])


def _overlap(matrix: "csr_array", a: Rows, b: Rows) -> tuple[F64, F64]:
    """Return the shared weight of each pair, and the total weight of the lighter one."""
    totals = np.asarray(matrix.sum(axis=1), np.float64)
    shared = np.asarray(matrix[a].minimum(matrix[b]).sum(axis=1), np.float64)
    return shared, np.minimum(totals[a], totals[b])


def _jaccard_parts(matrix: "csr_array", a: Rows, b: Rows) -> tuple[F64, F64]:
    totals = matrix.sum(axis=1)
    shared = _shared(matrix, a, b)
    return shared, totals[a] + totals[b] - shared


def _shared(matrix: "csr_array", a: Rows, b: Rows) -> F64:
    shared: F64 = matrix[a].multiply(matrix[b]).sum(axis=1)
    return shared


def _ratio(part: F64, whole: F64) -> F64:
    """Divide, with 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
