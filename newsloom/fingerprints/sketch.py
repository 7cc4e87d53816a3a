"""MinHash sketches by one-permutation hashing with optimal densification, and their bands.

One hash a member, instead of one a member and sketch value: the hash's top bits choose the bin, the
smallest hash of a bin is the sketch value (Li, Owen, Zhang 2012). A bin that stayed empty borrows
from a bin chosen by its own hash sequence (Shrivastava 2017); without that the estimate is biased.
Two sketches agree in a bin with the probability of the sets' Jaccard similarity.
"""

import numpy as np
from numpy.typing import NDArray

from newsloom.fingerprints.hashing import U64, mix

EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
_BORROW_ATTEMPTS = 64


def sketch(members: U64, bins: int) -> U64:
    """Return the sketch of a set of 64-bit hashes: shape (bins,), EMPTY throughout if no member."""
    values = np.full(bins, EMPTY, np.uint64)
    if not len(members):
        return values
    # Multiply-shift keeps every bin equally likely for any number of bins.
    where = ((members >> np.uint64(32)) * np.uint64(bins)) >> np.uint64(32)
    np.minimum.at(values, where.astype(np.intp), mix(members))
    return _densify(values)


def _densify(values: U64) -> U64:
    """Fill each empty bin from a full one, chosen by a sequence that only the bin number sets."""
    bins = np.uint64(len(values))
    filled = values != EMPTY
    result = values.copy()
    todo = np.flatnonzero(~filled)
    for attempt in range(_BORROW_ATTEMPTS):
        if not len(todo):
            return result
        seeds = todo.astype(np.uint64) * np.uint64(_BORROW_ATTEMPTS) + np.uint64(attempt)
        donors = (mix(seeds) % bins).astype(np.intp)
        found = filled[donors]
        result[todo[found]] = mix(values[donors[found]] + np.uint64(attempt + 1))
        todo = todo[~found]
    result[todo] = mix(values[filled][0] + np.arange(len(todo), dtype=np.uint64))
    return result


def band_keys(sketch_values: U64, rows: int) -> NDArray[np.uint32]:
    """Fold each band of `rows` sketch values, with its number, into one 32-bit key."""
    if sketch_values[0] == EMPTY:
        return np.empty(0, np.uint32)
    bands = sketch_values.reshape(-1, rows)
    keys = np.arange(len(bands), dtype=np.uint64)
    for column in range(rows):
        keys = mix(keys ^ bands[:, column])
    return (keys >> np.uint64(32)).astype(np.uint32)
