"""Ragged rows: for each article some ids, ascending, in one array; and what two rows share."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

I64 = NDArray[np.int64]
F64 = NDArray[np.float64]
Rows = NDArray[np.intp]


@dataclass(frozen=True)
class Ragged:
    """Row r is `ids[offsets[r]:offsets[r + 1]]`, ascending."""

    offsets: I64
    ids: I64

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> "Ragged":
        """Read a list column."""
        lists = one_chunk(column)
        lengths = lists.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
        offsets = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        return cls(offsets, lists.flatten().to_numpy(zero_copy_only=False).astype(np.int64))

    @property
    def lengths(self) -> I64:
        """Return the number of ids in each row."""
        return np.diff(self.offsets)

    def sums(self, weights: F64) -> F64:
        """Return the sum of each row's weights; there is a weight for each id."""
        before = np.concatenate([[0.0], np.cumsum(weights)])
        summed: F64 = before[self.offsets[1:]] - before[self.offsets[:-1]]
        return summed

    def places(self, rows: Rows) -> tuple[I64, I64]:
        """Return, for these rows one after another, which of `rows` and the place in `ids`."""
        lengths = self.lengths[rows]
        owner = np.repeat(np.arange(len(rows)), lengths)
        first = np.repeat(self.offsets[rows] - (np.cumsum(lengths) - lengths), lengths)
        return owner, first + np.arange(len(owner))


@dataclass(frozen=True)
class Shared:
    """What the rows of some pairs share: the pair, and the places in `ids` on both sides."""

    pair: I64
    left: I64
    right: I64
    pairs: int

    def sums(self, values: F64) -> F64:
        """Return the sum of the values of what each pair shares: shape (pairs,)."""
        summed: F64 = np.bincount(self.pair, values, self.pairs).astype(np.float64)
        return summed

    def counts(self) -> F64:
        """Return how many ids each pair shares."""
        return np.bincount(self.pair, minlength=self.pairs).astype(np.float64)


def shared(rows: Ragged, a: Rows, b: Rows) -> Shared:
    """Return what the rows a[k] and b[k] share, for each k."""
    left_pair, left = rows.places(a)
    right_pair, right = rows.places(b)
    # Both are sorted by pair and id, so that one search finds all.
    left_keys = left_pair << 32 | rows.ids[left]
    right_keys = right_pair << 32 | rows.ids[right]
    if not len(left_keys):
        return Shared(left_pair, left, left, len(a))
    at = np.minimum(np.searchsorted(left_keys, right_keys), len(left_keys) - 1)
    hit = left_keys[at] == right_keys
    return Shared(right_pair[hit], left[at[hit]], right[hit], len(a))


def one_chunk(column: pa.ChunkedArray) -> pa.ListArray:
    """Return a column as one array."""
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.array([], column.type) if not column.num_chunks else column.combine_chunks()
