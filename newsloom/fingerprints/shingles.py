"""Shingles: the overlapping word 5-grams that say whether two texts are the same text."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from newsloom.fingerprints.hashing import I64, U64, hash_runs, hash_units
from newsloom.fingerprints.tokens import Units, tokenise

SHINGLE_WORDS = 5
SHINGLE_CHARACTERS = 9
"""In scripts without spaces a unit is a character, so more of them make one shingle."""


class Sets(NamedTuple):
    """Many sets of 64-bit hashes: set n is `values[bounds[n]:bounds[n + 1]]`, ascending."""

    values: U64
    bounds: I64

    def of(self, number: int) -> U64:
        """Return one of the sets."""
        return self.values[self.bounds[number] : self.bounds[number + 1]]

    def each(self) -> Iterator[U64]:
        """Yield the sets."""
        for first, last in pairwise(self.bounds.tolist()):
            yield self.values[first:last]


def shingles(text: str) -> U64:
    """Return the distinct shingle hashes of `text`, ascending; a shorter text is one shingle."""
    return distinct(shingles_in_order(tokenise([text]))).values


def shingles_in_order(units: Units) -> Sets:
    """Return the shingle hashes of each text, in the order of the text and with repetitions."""
    hashes = hash_units(units.data, units.starts, units.ends)
    firsts, counts = units.firsts[:-1], np.diff(units.firsts)
    widths = np.where(units.unspaced, SHINGLE_CHARACTERS, SHINGLE_WORDS)
    values = np.empty_like(hashes)
    spaced = hash_runs(hashes, SHINGLE_WORDS)
    values[: len(spaced)] = spaced
    for text in np.flatnonzero((counts < widths) | units.unspaced):
        run = hashes[firsts[text] : firsts[text] + counts[text]]
        runs = hash_runs(run, min(widths[text], len(run))) if len(run) else run
        values[firsts[text] : firsts[text] + len(runs)] = runs
    # The last runs of a text reach into the next one.
    sizes = np.where(counts < widths, np.minimum(counts, 1), counts - widths + 1)
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    skipped = np.repeat(firsts - bounds[:-1], sizes)
    return Sets(values[np.arange(bounds[-1]) + skipped], bounds)


def distinct(sets: Sets) -> Sets:
    """Return each set ascending and without repetitions; `sets` is sorted in place."""
    values, bounds = sets
    edges = bounds.tolist()
    for first, last in pairwise(edges):
        values[first:last].sort()
    fresh = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=fresh[1:])
    starts = bounds[:-1]
    fresh[starts[starts < len(values)]] = True
    kept = np.concatenate([[0], np.cumsum(fresh)])
    return Sets(values[fresh], kept[bounds])


def shingle_sets(texts: Sequence[str]) -> Sets:
    """Return the distinct shingle hashes of each text."""
    return distinct(shingles_in_order(tokenise(texts)))


def similarity(a: U64, b: U64) -> tuple[float, float]:
    """Return the exact Jaccard similarity and containment (of the smaller) of two shingle sets."""
    if not len(a) or not len(b):
        return 0.0, 0.0
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    places = np.minimum(np.searchsorted(large, small), len(large) - 1)
    shared = int(np.count_nonzero(large[places] == small))
    return shared / (len(a) + len(b) - shared), shared / len(small)
