"""What a pair of articles has in common, as a few readable numbers.

Every feature is a function of the two articles alone (and of the fixed background of word
frequencies), never of what else is in the warehouse: the order of arrival cannot change a score.
"""

import numpy as np

from newsloom.stories.profiles import Profiles
from newsloom.stories.ragged import F64, Ragged, Rows, Shared, shared

FEATURES = {
    "term_cosine": "Cosine of the weighted terms.",
    "term_containment": "Share of the lighter article's term weight that the other has too.",
    "term_jaccard": "Shared term weight over all term weight of the two.",
    "lead_covered_most": "Share of one's headline and lead that the other has; the larger share.",
    "lead_covered_least": "The smaller of the two shares.",
    "title_overlap": "Share of the shorter headline's term weight that both headlines have.",
    "titles_missing": "1 where an article has no headline.",
    "top_names_covered_most": "Share of one's six heaviest names that the other has; the larger.",
    "top_names_covered_least": "The smaller of the two shares.",
    "pair_jaccard": "Shared weight of the neighbouring words over that of all of the two.",
    "shared_pairs": "ln(1 + weight of the neighbouring words that both have).",
    "shared_numbers": "ln(1 + numbers with their neighbouring word that both have).",
    "shared_days": "ln(1 + days that both texts speak of).",
    "days_unspoken": "1 where a text speaks of no day.",
    "dates_apart": "ln(1 + days between the nearest dates, with a year, that the two speak of).",
    "dates_unspoken": "1 where a text speaks of no date with a year.",
    "days_apart": "ln(1 + days between the two), 0 where one is undated.",
    "undated": "1 where an article has no date.",
    "short": "How far the shorter of the two falls below 300 words: ln(300 / words), at least 0.",
    "length_ratio": "ln(words of the longer / words of the shorter).",
}
NAMES = tuple(FEATURES)
FULL_LENGTH_WORDS = 300.0
MAX_DATES_APART = 400.0

PAIRS_AT_ONCE = 10_000
"""Bounds the memory of the gathered rows: about 200 MB."""


def features(articles: Profiles, a: Rows, b: Rows) -> F64:
    """Return the features of the pairs (a[k], b[k]): shape (pairs, len(NAMES))."""
    parts = [
        _features(articles, a[start : start + PAIRS_AT_ONCE], b[start : start + PAIRS_AT_ONCE])
        for start in range(0, len(a), PAIRS_AT_ONCE)
    ]
    return np.concatenate(parts) if parts else np.empty((0, len(NAMES)))


def _features(articles: Profiles, a: Rows, b: Rows) -> F64:
    columns = [
        *_term_columns(articles, a, b),
        *_pair_columns(articles, a, b),
        np.log1p(shared(articles.numbers, a, b).counts()),
        np.log1p(shared(articles.spoken_days, a, b).counts()),
        _either_empty(articles.spoken_days, a, b),
        np.log1p(_nearest(articles.spoken_dates, a, b)),
        _either_empty(articles.spoken_dates, a, b),
        *_measure_columns(articles, a, b),
    ]
    return np.column_stack(columns)


def _term_columns(articles: Profiles, a: Rows, b: Rows) -> list[F64]:
    totals, common = articles.totals, shared(articles.terms, a, b)
    left, right = articles.term_weights[common.left], articles.term_weights[common.right]
    least = np.minimum(left, right)
    in_titles = articles.in_title[common.left] * articles.in_title[common.right]
    weight = common.sums(least)
    lighter_title = np.minimum(totals.title[a], totals.title[b])
    return [
        _ratio(common.sums(left * right), totals.norm[a] * totals.norm[b]),
        _ratio(weight, np.minimum(totals.weight[a], totals.weight[b])),
        _ratio(weight, totals.weight[a] + totals.weight[b] - weight),
        *_covered(articles, common, articles.in_lead, totals.lead, a, b),
        _ratio(common.sums(least * in_titles), lighter_title),
        (lighter_title == 0).astype(np.float64),
        *_covered(articles, common, articles.is_top_name, totals.top_names, a, b),
    ]


def _covered(
    articles: Profiles, common: Shared, chosen: F64, total: F64, a: Rows, b: Rows
) -> tuple[F64, F64]:
    """Return how much of each article's chosen terms the other has: the larger, the smaller."""
    left, right = (
        _ratio(common.sums(articles.term_weights[places] * chosen[places]), whole)
        for places, whole in ((common.left, total[a]), (common.right, total[b]))
    )
    return np.maximum(left, right), np.minimum(left, right)


def _pair_columns(articles: Profiles, a: Rows, b: Rows) -> list[F64]:
    weights, common = articles.pair_weights, shared(articles.pairs, a, b)
    every = articles.totals.pairs
    weight = common.sums(np.minimum(weights[common.left], weights[common.right]))
    return [_ratio(weight, every[a] + every[b] - weight), np.log1p(weight)]


def _measure_columns(articles: Profiles, a: Rows, b: Rows) -> list[F64]:
    apart = np.abs(articles.days[a] - articles.days[b])
    undated = np.isnan(apart)
    shorter = np.maximum(np.minimum(articles.word_count[a], articles.word_count[b]), 1)
    longer = np.maximum(np.maximum(articles.word_count[a], articles.word_count[b]), 1)
    return [
        np.log1p(np.where(undated, 0, apart)),
        undated.astype(np.float64),
        np.maximum(np.log(FULL_LENGTH_WORDS / shorter), 0),
        np.log(longer / shorter),
    ]


def _either_empty(rows: Ragged, a: Rows, b: Rows) -> F64:
    lengths = rows.lengths
    empty: F64 = ((lengths[a] == 0) | (lengths[b] == 0)).astype(np.float64)
    return empty


def _nearest(dates: Ragged, a: Rows, b: Rows) -> F64:
    """Return the days between the nearest dates of each pair, 0 where one has none."""
    left_pair, left = dates.places(a)
    right_pair, right = dates.places(b)
    found = np.full(len(a), np.inf)
    if len(left) and len(right):
        # Dates lie within some 80,000 days of 1970, so each pair has room of its own.
        room = 1 << 20
        left_keys = left_pair * room + dates.ids[left]
        right_keys = right_pair * room + dates.ids[right]
        at = np.searchsorted(right_keys, left_keys)
        for near in (np.maximum(at - 1, 0), np.minimum(at, len(right_keys) - 1)):
            same = right_pair[near] == left_pair
            gap = np.abs(right_keys[near] - left_keys)[same].astype(np.float64)
            np.minimum.at(found, left_pair[same], gap)
    return np.where(np.isinf(found), 0, np.minimum(found, MAX_DATES_APART))


def _ratio(part: F64, whole: F64) -> F64:
    """Divide, with 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
