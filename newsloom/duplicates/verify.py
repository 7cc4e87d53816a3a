"""Verification: exact Jaccard similarity and containment of the word 5-grams of two contents."""

from collections.abc import Iterable, Mapping

import pyarrow as pa

from newsloom.fingerprints.hashing import U64
from newsloom.fingerprints.shingles import shingles, similarity

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


def verify(pairs: Iterable[tuple[str, str]], texts: Mapping[str, str]) -> pa.Table:
    """Return the pairs of content ids that are copies; `texts` holds the text of each content."""
    known: dict[str, U64] = {}

    def members(content_id: str) -> U64:
        if content_id not in known:
            known[content_id] = shingles(texts[content_id])
        return known[content_id]

    rows = []
    for a, b in sorted({(min(pair), max(pair)) for pair in pairs}):
        left, right = members(a), members(b)
        jaccard, containment = similarity(left, right)
        if copy_kind(jaccard, containment, min(len(left), len(right))):
            rows.append(
                {"content_a": a, "content_b": b, "jaccard": jaccard, "containment": containment}
            )
    return pa.Table.from_pylist(rows, schema=COPY_PAIR)


def copy_kind(jaccard: float, containment: float, shingle_count: int | None = None) -> str | None:
    """Return exact, near or excerpt, or None where neither text copies the other."""
    if jaccard == 1:
        return "exact"
    if jaccard >= COPY_JACCARD:
        return "near"
    long_enough = shingle_count is None or shingle_count >= EXCERPT_SHINGLES
    return "excerpt" if containment >= EXCERPT_CONTAINMENT and long_enough else None
