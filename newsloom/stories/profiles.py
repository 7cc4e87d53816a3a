"""The articles that stories are made of, in arrays: a row an article."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsloom.fingerprints.profile import IN_LEAD, IN_TITLE, IS_NAME, WEIGHT_UNIT
from newsloom.stories.ragged import F64, I64, Ragged, Rows, one_chunk

_IDS = pa.list_(pa.uint32())
_WEIGHTS = pa.list_(pa.uint8())
PROFILE = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("published_at", pa.timestamp("us")),  # null: undated
        pa.field("word_count", pa.int32(), nullable=False),
        pa.field("language", pa.string()),  # null or "und": it goes with any
        pa.field("story_keys", _IDS, nullable=False),
        pa.field("term_ids", _IDS, nullable=False),
        pa.field("term_weights", _WEIGHTS, nullable=False),
        pa.field("term_places", _WEIGHTS, nullable=False),
        pa.field("pair_ids", _IDS, nullable=False),
        pa.field("pair_weights", _WEIGHTS, nullable=False),
        pa.field("number_ids", _IDS, nullable=False),
        pa.field("spoken_days", pa.list_(pa.int32()), nullable=False),
        pa.field("spoken_dates", pa.list_(pa.int32()), nullable=False),
    ]
)

DAY_US = 86_400_000_000
TOP_NAMES = 6


@dataclass(frozen=True)
class Profiles:
    """Vectors with one value an article, and ragged rows of ids with a weight each."""

    ids: list[str]
    days: F64  # since 1970, NaN for undated
    word_count: F64
    language: I64  # a number for each language, -1 for none
    terms: Ragged
    term_weights: F64
    in_title: F64  # 1 for the terms in the headline
    in_lead: F64  # 1 for those in the headline or the lead
    is_top_name: F64  # 1 for the TOP_NAMES names that weigh most
    pairs: Ragged
    pair_weights: F64
    numbers: Ragged
    spoken_days: Ragged
    spoken_dates: Ragged

    def __len__(self) -> int:
        return len(self.ids)

    def one_language(self, a: Rows, b: Rows) -> NDArray[np.bool_]:
        """Tell which pairs are of one language, as far as it is known."""
        left, right = self.language[a], self.language[b]
        same: NDArray[np.bool_] = (left == right) | (left < 0) | (right < 0)
        return same

    @cached_property
    def totals(self) -> "Totals":
        """Return what each article's own terms come to."""
        return Totals(self)


class Totals:
    """Sums over each article's terms: vectors with one value an article."""

    def __init__(self, articles: Profiles) -> None:
        terms, weights = articles.terms, articles.term_weights
        self.weight = terms.sums(weights)
        self.norm = np.sqrt(terms.sums(weights**2))
        self.lead = terms.sums(weights * articles.in_lead)
        self.title = terms.sums(weights * articles.in_title)
        self.top_names = terms.sums(weights * articles.is_top_name)
        self.pairs = articles.pairs.sums(articles.pair_weights)


def from_table(table: pa.Table) -> Profiles:
    """Read a table of PROFILE."""
    terms = Ragged.of(table["term_ids"])
    weights = _weights(table["term_weights"])
    places = _values(table["term_places"])
    names = (places & IS_NAME > 0).astype(np.float64)
    micros = table["published_at"].cast(pa.int64()).to_numpy(zero_copy_only=False)
    return Profiles(
        ids=table["article_id"].to_pylist(),
        days=micros.astype(np.float64) / DAY_US,
        word_count=table["word_count"].to_numpy().astype(np.float64),
        language=_languages(table["language"]),
        terms=terms,
        term_weights=weights,
        in_title=(places & IN_TITLE > 0).astype(np.float64),
        in_lead=(places & (IN_TITLE | IN_LEAD) > 0).astype(np.float64),
        is_top_name=names * _heaviest(terms, weights * names, TOP_NAMES),
        pairs=Ragged.of(table["pair_ids"]),
        pair_weights=_weights(table["pair_weights"]),
        numbers=Ragged.of(table["number_ids"]),
        spoken_days=Ragged.of(table["spoken_days"]),
        spoken_dates=Ragged.of(table["spoken_dates"]),
    )


def _languages(column: pa.ChunkedArray) -> I64:
    known = [None if language == "und" else language for language in column.to_pylist()]
    numbers = {language: n for n, language in enumerate(dict.fromkeys(known)) if language}
    return np.array([numbers.get(language, -1) for language in known], np.int64)


def _values(column: pa.ChunkedArray) -> NDArray[np.uint8]:
    values: NDArray[np.uint8] = one_chunk(column).flatten().to_numpy(zero_copy_only=False)
    return values


def _weights(column: pa.ChunkedArray) -> F64:
    return _values(column).astype(np.float64) / WEIGHT_UNIT


def _heaviest(rows: Ragged, weights: F64, most: int) -> F64:
    """Mark the ids that weigh most in each row; of equal ones, those with the least id."""
    owner: I64 = np.repeat(np.arange(len(rows.lengths)), rows.lengths)
    order = np.lexsort((rows.ids, -weights, owner))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - rows.offsets[:-1][owner]
    return (rank < most).astype(np.float64)


def empty() -> pa.Table:
    """Return a table of PROFILE without rows."""
    return PROFILE.empty_table()
