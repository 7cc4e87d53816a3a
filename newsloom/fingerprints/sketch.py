"""MinHash sketches by one-permutation hashing with optimal densification, and their bands.

One hash a member, instead of one a member and sketch value: the hash's top bits choose the bin, the
smallest hash of a bin is the sketch value (Li, Owen, Zhang 2012). A bin that stayed empty borrows
from a bin chosen by its own hash sequence (Shrivastava 2017); without that the estimate is biased.
Two sketches agree in a bin with the probability of the sets' Jaccard similarity.
"""

import numpy as np
from numpy.typing import NDArray

from newsloom.fingerprints.hashing import U64, mix
from newsloom.fingerprints.shingles import Sets

EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
_BORROW_ATTEMPTS = 64


def sketch(members: U64, bins: int) -> U64:
    """Return the sketch of a set of 64-bit hashes: shape (bins,), EMPTY throughout if no member."""
    values = np.unique(members)
    found: U64 = sketches(Sets(values, np.array([0, len(values)])), bins)[0]
    return found


def sketches(sets: Sets, bins: int) -> U64:
    """Return the sketch of each set: shape (sets, bins)."""
    count = len(sets.bounds) - 1
    result = np.full((count, bins), EMPTY, np.uint64)
    if not len(sets.values):
        return result
    # Multiply-shift keeps every bin equally likely for any number of bins.
    where = ((sets.values >> np.uint64(32)) * np.uint64(bins)) >> np.uint64(32)
    owners = np.repeat(np.arange(count), np.diff(sets.bounds))
    places = owners * bins + where.view(np.int64)
    # Members ascend, and so do their bins: the first of a bin is its smallest.
    first = np.ones(len(places), np.bool_)
    np.not_equal(places[1:], places[:-1], out=first[1:])
    result.ravel()[places[first]] = sets.values[first]
    return _densify(result)


def _densify(values: U64) -> U64:
    """Fill each empty bin from a full one, chosen by a sequence that only the bin number sets."""
    bins = values.shape[1]
    filled = values != EMPTY
    result = values.copy()
    rows, columns = np.nonzero(~filled & filled.any(axis=1)[:, None])
    for attempt in range(_BORROW_ATTEMPTS):
        if not len(rows):
            return result
        donors = _donors(bins, attempt)[columns]
        found = filled[rows, donors]
        result[rows[found], columns[found]] = mix(
            values[rows[found], donors[found]] + np.uint64(attempt + 1)
        )
        rows, columns = rows[~found], columns[~found]
    fallback = values[rows, filled[rows].argmax(axis=1)]
    result[rows, columns] = mix(fallback + columns.astype(np.uint64))
    return result


def _donors(bins: int, attempt: int) -> NDArray[np.int64]:
    """Return the bin that each bin asks at this attempt."""
    seeds = np.arange(bins, dtype=np.uint64) * np.uint64(_BORROW_ATTEMPTS) + np.uint64(attempt)
    return (mix(seeds) % np.uint64(bins)).astype(np.int64)


def band_keys(sketch_values: U64, rows: int) -> NDArray[np.uint32]:
    """Fold each band of `rows` values of a sketch, with its number, into one 32-bit key."""
    if sketch_values[0] == EMPTY:
        return np.empty(0, np.uint32)
    keys: U64 = bands(sketch_values[None, :], rows)[0]
    return (keys >> np.uint64(32)).astype(np.uint32)


def bands(sketch_rows: U64, rows: int, first_band: int = 0) -> U64:
    """Return the band keys of sketches that are not empty: shape (sketches, bins / rows)."""
    count, bins = sketch_rows.shape
    values = sketch_rows.reshape(count, bins // rows, rows)
    numbers = np.arange(first_band, first_band + values.shape[1], dtype=np.uint64)
    keys: U64 = np.broadcast_to(numbers, values.shape[:2])
    for column in range(rows):
        keys = mix(keys ^ values[:, :, column])
    return keys
