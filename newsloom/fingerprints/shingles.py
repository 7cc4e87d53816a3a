"""Shingles: the overlapping word 5-grams that say whether two texts are the same text."""

import numpy as np

from newsloom.fingerprints.hashing import U64, hash_spans
from newsloom.fingerprints.tokens import is_unspaced, words

SHINGLE_WORDS = 5
SHINGLE_CHARACTERS = 9
"""In scripts without spaces a unit is a character, so more of them make one shingle."""


def shingles(text: str) -> U64:
    """Return the distinct shingle hashes of `text`, ascending; a shorter text is one shingle."""
    units = words(text)
    if not units:
        return np.empty(0, np.uint64)
    unspaced = sum(map(is_unspaced, units)) > len(units) / 2
    width = min(SHINGLE_CHARACTERS if unspaced else SHINGLE_WORDS, len(units))
    encoded = [unit.encode("utf-8", "surrogatepass") for unit in units]
    sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
    ends = np.cumsum(sizes + 1) - 1
    starts = ends - sizes
    count = len(units) - width + 1
    return np.unique(hash_spans(b" ".join(encoded), starts[:count], ends[width - 1 :]))


def similarity(a: U64, b: U64) -> tuple[float, float]:
    """Return the exact Jaccard similarity and containment (of the smaller) of two shingle sets."""
    if not len(a) or not len(b):
        return 0.0, 0.0
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / (len(a) + len(b) - shared), shared / min(len(a), len(b))
