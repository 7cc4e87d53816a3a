"""Originals: which of several copies is the one that the others point at.

The original is the earliest, then the longest, then the one with the least id. Going through the
articles in that order, each one either copies an original that it matches itself, or is an
original: copies of copies never chain, and the outcome depends on the set of articles alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from newsloom.duplicates.verify import copy_kind


class Member(NamedTuple):
    """An article as far as copies go."""

    article_id: str
    content_id: str
    published_at: datetime | None
    word_count: int


class Copy(NamedTuple):
    """What an article copies."""

    original_id: str
    copy_kind: str
    jaccard: float
    containment: float


Pair = tuple[str, str, float, float]
"""content_a, content_b, jaccard, containment."""


def originals(articles: Iterable[Member], pairs: Iterable[Pair]) -> dict[str, Copy]:
    """Return what each copy copies; the articles that are not in the result are originals."""
    matches: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    for a, b, jaccard, containment in pairs:
        matches[a][b] = matches[b][a] = (jaccard, containment)
    first_of: dict[str, str] = {}  # content id -> the original that has it
    copies: dict[str, Copy] = {}
    for article in sorted(articles, key=_order):
        found = _best(article.content_id, matches, first_of)
        if found is None:
            first_of[article.content_id] = article.article_id
        else:
            copies[article.article_id] = found
    return copies


def _order(article: Member) -> tuple[datetime, int, str]:
    """Undated articles come last: a known date is better ground for being first."""
    return (article.published_at or datetime.max, -article.word_count, article.article_id)


def _best(
    content_id: str,
    matches: dict[str, dict[str, tuple[float, float]]],
    first_of: dict[str, str],
) -> Copy | None:
    """Return the most similar original that the content matches."""
    if content_id in first_of:
        return Copy(first_of[content_id], "exact", 1.0, 1.0)
    candidates = [
        (-jaccard, -containment, first_of[other])
        for other, (jaccard, containment) in matches.get(content_id, {}).items()
        if other in first_of
    ]
    if not candidates:
        return None
    jaccard, containment, original = min(candidates)
    return Copy(original, copy_kind(-jaccard, -containment) or "near", -jaccard, -containment)
