"""Verification: exact Jaccard similarity and containment of the word 5-grams of two contents."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import pyarrow as pa

from newsloom.fingerprints import NO_MASKS, Masks
from newsloom.fingerprints.boilerplate import cut
from newsloom.fingerprints.copies import parts
from newsloom.fingerprints.hashing import U64
from newsloom.fingerprints.shingles import shingle_sets, similarity

COPY_JACCARD = 0.7
"""From here on two texts are the same text, lightly edited."""
EXCERPT_CONTAINMENT = 0.9
"""From here on the smaller text is an excerpt of the larger one. A follow-up that quotes the first
report at length, but has news of its own, stays below."""
EXCERPT_SHINGLES = 20
"""A text with fewer 5-grams is too short for containment to tell anything."""

COPY_PAIR = pa.schema(
    [
        pa.field("content_a", pa.string(), nullable=False),  # the lesser id of the two
        pa.field("content_b", pa.string(), nullable=False),
        pa.field("jaccard", pa.float32(), nullable=False),
        pa.field("containment", pa.float32(), nullable=False),
    ]
)
_PAIRS_AT_ONCE = 10_000
"""So many pairs have at most twice as many texts, whose shingles are held meanwhile."""


def verify(
    pairs: Iterable[tuple[str, str]], texts: Mapping[str, str], masks: Masks = NO_MASKS
) -> pa.Table:
    """Return the pairs of content ids that are copies; `texts` holds the text of each content.

    What `masks` says is boilerplate is not compared.
    A pair of which a text is missing is left out: it was removed meanwhile.
    """
    found = [COPY_PAIR.empty_table()]
    ordered = sorted({(a, b) if a < b else (b, a) for a, b in pairs})
    known = iter([pair for pair in ordered if pair[0] in texts and pair[1] in texts])
    while batch := list(islice(known, _PAIRS_AT_ONCE)):
        found.append(_verify(batch, texts, masks))
    return pa.concat_tables(found)


def _verify(pairs: Sequence[tuple[str, str]], texts: Mapping[str, str], masks: Masks) -> pa.Table:
    contents = sorted({content for pair in pairs for content in pair})
    compared = [
        cut(texts[content], masks[content]) if content in masks else texts[content]
        for content in contents
    ]
    return verify_sets(pairs, dict(zip(contents, _sets(compared), strict=True)))


def verify_sets(pairs: Iterable[tuple[str, str]], members: Mapping[str, U64]) -> pa.Table:
    """Return the pairs that are copies; `members` holds the shingles of each content, ascending."""
    rows = []
    for a, b in pairs:
        left, right = members[a], members[b]
        jaccard, containment = similarity(left, right)
        if copy_kind(jaccard, containment, min(len(left), len(right))):
            rows.append((a, b, jaccard, containment))
    return pair_table(rows)


def pair_table(rows: Sequence[tuple[str, str, float, float]]) -> pa.Table:
    """Return COPY_PAIRs of rows."""
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, COPY_PAIR, strict=True)],
        schema=COPY_PAIR,
    )


def _sets(texts: Sequence[str]) -> Iterator[U64]:
    for first, last in parts(texts):
        yield from shingle_sets(texts[first:last]).each()


def copy_kind(jaccard: float, containment: float, shingle_count: int | None = None) -> str | None:
    """Return exact, near or excerpt, or None where neither text copies the other."""
    if jaccard == 1:
        return "exact"
    if jaccard >= COPY_JACCARD:
        return "near"
    long_enough = shingle_count is None or shingle_count >= EXCERPT_SHINGLES
    return "excerpt" if containment >= EXCERPT_CONTAINMENT and long_enough else None
