"""Copy signatures: the few numbers by which the warehouse finds texts that are the same text.

`set_hash` is equal for equal sets of shingles: exact copies are found by it alone. `copy_keys` are
the keys of MinHash bands, first of the whole text, then of its beginning, by which a text finds the
one that it is the shortened beginning of.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsloom.fingerprints.hashing import U64, mix
from newsloom.fingerprints.shingles import Sets, distinct
from newsloom.fingerprints.sketch import bands, sketches

MIN_COPY_SHINGLES = 8
"""A text with fewer is no copy of any other: "Developing story." stands under many headlines."""

BAND_ROWS = 2
TEXT_BINS = 24
"""12 bands of 2 find .9995 of the pairs at Jaccard .7, .97 at .5, .7 at .3 and .03 at .05,
at any size. 20 bands of 3 do no better at .7, find .42 at .3, and cost more to store and join."""
LEAD_SHINGLES = 48
LEAD_BINS = 4
"""2 bands of 2 over the first 48 shingles find every text whose beginning is another text."""
COPY_KEYS = (TEXT_BINS + LEAD_BINS) // BAND_ROWS
"""Of 64 bits: with 32, every eighth new text would meet a stranger among a million."""


class CopySignatures(NamedTuple):
    """One row a text."""

    sets: Sets  # the shingles
    shingle_count: NDArray[np.int32]
    set_hash: U64
    keyed: NDArray[np.bool_]  # texts that have keys, being long enough
    keys: U64  # shape (keyed texts, COPY_KEYS)


def copy_signatures(ordered: Sets, salt: int) -> CopySignatures:
    """Sign texts by their shingles in order, which get sorted; different salts never meet."""
    leads = _leads(ordered)
    sets = distinct(ordered)
    counts = np.diff(sets.bounds)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(sets.values)])[sets.bounds]
    keyed = counts >= MIN_COPY_SHINGLES
    text_sketches, lead_sketches = sketches(sets, TEXT_BINS), sketches(leads, LEAD_BINS)
    salted = mix(np.array([salt], np.uint64))
    keys = np.hstack(
        [
            bands(text_sketches[keyed] ^ salted, BAND_ROWS),
            bands(lead_sketches[keyed] ^ salted, BAND_ROWS, TEXT_BINS // BAND_ROWS),
        ]
    )
    set_hashes = mix((sums[1:] - sums[:-1]) ^ counts.astype(np.uint64))
    return CopySignatures(sets, counts.astype(np.int32), set_hashes, keyed, keys)


def _leads(ordered: Sets) -> Sets:
    """Return the first LEAD_SHINGLES of each text, ascending."""
    sizes = np.diff(ordered.bounds)
    if not len(ordered.values):
        return ordered
    # A shorter text repeats its last one: repetitions do not change a sketch.
    places = np.minimum(np.arange(LEAD_SHINGLES), np.maximum(sizes - 1, 0)[:, None])
    last = len(ordered.values) - 1
    values = ordered.values[np.minimum(ordered.bounds[:-1, None] + places, last)]
    values.sort(axis=1)
    return Sets(values.ravel(), np.arange(len(sizes) + 1) * LEAD_SHINGLES)


MAX_PART_TEXTS = 256
MAX_PART_CHARACTERS = 500_000


def parts(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield first and last of runs of texts to work on at once: big ones waste memory and cache."""
    first = characters = 0
    for number, text in enumerate(texts):
        full = characters + len(text) > MAX_PART_CHARACTERS or number - first == MAX_PART_TEXTS
        if full and number > first:
            yield first, number
            first, characters = number, 0
        characters += len(text)
    if first < len(texts):
        yield first, len(texts)
