"""Whether two articles are the same text, and which rule says so."""

from typing import NamedTuple

from newsloom.duplicates import copy_kind
from newsloom.duplicates.verify import COPY_JACCARD, EXCERPT_CONTAINMENT, EXCERPT_SHINGLES
from newsloom.fingerprints import shingles, similarity
from newsloom.fingerprints.copies import MIN_COPY_SHINGLES


class CopyVerdict(NamedTuple):
    """How alike two texts are, and the rule that decides; `kind` is None where none is a copy."""

    kind: str | None
    rule: str
    jaccard: float
    containment: float
    shingles_a: int
    shingles_b: int
    jaccard_from: float
    containment_from: float
    excerpt_shingles_from: int
    shingles_from: int


def judge(a: str, b: str, same_content: bool) -> CopyVerdict:
    """Judge two texts by their word 5-grams; `same_content`: headline and text are both equal."""
    left, right = shingles(a), shingles(b)
    jaccard, containment = similarity(left, right)
    fewer = min(len(left), len(right))
    kind, rule = _decide(jaccard, containment, fewer, same_content)
    return CopyVerdict(
        kind, rule, jaccard, containment, len(left), len(right),
        COPY_JACCARD, EXCERPT_CONTAINMENT, EXCERPT_SHINGLES, MIN_COPY_SHINGLES,
    )  # fmt: skip


def _decide(
    jaccard: float, containment: float, fewer: int, same_content: bool
) -> tuple[str | None, str]:
    if same_content:
        return "exact", "Headline and text are the same, word for word."
    if fewer < MIN_COPY_SHINGLES:
        return None, (
            f"The shorter text has {fewer} 5-grams: with fewer than {MIN_COPY_SHINGLES}, only the "
            "same text under the same headline is a copy."
        )
    kind = copy_kind(jaccard, containment, fewer)
    if kind == "exact":
        return kind, "Both texts have exactly the same 5-grams."
    if kind == "near":
        return kind, f"The Jaccard similarity is {COPY_JACCARD:.2f} or more."
    if kind == "excerpt":
        return kind, f"{EXCERPT_CONTAINMENT:.2f} or more of the shorter text are in the other one."
    if containment >= EXCERPT_CONTAINMENT:
        return None, (
            f"The shorter text has {fewer} 5-grams: with fewer than {EXCERPT_SHINGLES}, it is too "
            "short to be called an excerpt."
        )
    return None, "Neither threshold is reached."
