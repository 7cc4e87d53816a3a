"""Originals: which of several copies is the one that the others point at.

The original is the earliest, then the longest, then the one with the least id. Going through the
articles in that order, each one either copies an original that it matches itself, or is an
original: copies of copies never chain, and the outcome depends on the set of articles alone.
Contents with equal sets of shingles count as one, so a star of pairs is enough to hold any number
of exact copies together. An excerpt copies the longer text, never the longer text the excerpt.
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
_Matches = dict[str, dict[str, tuple[float, float]]]


def originals(articles: Iterable[Member], pairs: Iterable[Pair]) -> dict[str, Copy]:
    """Return what each copy copies; the articles that are not in the result are originals."""
    known = list(pairs)
    classes = _classes(known)
    matches = _matches(known, classes)
    first_of: dict[str, Member] = {}  # class of contents -> the original that has one of them
    copies: dict[str, Copy] = {}
    for article in sorted(articles, key=_order):
        content = classes.get(article.content_id, article.content_id)
        found = _best(article, content, matches, first_of)
        if found is None:
            first_of[content] = article
        else:
            copies[article.article_id] = found
    return copies


def _classes(pairs: Iterable[Pair]) -> dict[str, str]:
    """Return the least content id of its class for each content that is in an exact pair."""
    parent: dict[str, str] = {}

    def root(content: str) -> str:
        while (above := parent.setdefault(content, content)) != content:
            parent[content] = content = parent[above]
        return content

    for a, b, jaccard, _ in pairs:
        if jaccard == 1:
            low, high = sorted((root(a), root(b)))
            parent[high] = low
    return {content: root(content) for content in list(parent)}


def _matches(pairs: Iterable[Pair], classes: dict[str, str]) -> _Matches:
    matches: _Matches = defaultdict(dict)
    for a, b, jaccard, containment in pairs:
        a, b = classes.get(a, a), classes.get(b, b)
        if a != b:
            matches[a][b] = matches[b][a] = (jaccard, containment)
    return matches


def _order(article: Member) -> tuple[datetime, int, str]:
    """Undated articles come last: a known date is better ground for being first."""
    return (article.published_at or datetime.max, -article.word_count, article.article_id)


def _best(
    article: Member, content: str, matches: _Matches, first_of: dict[str, Member]
) -> Copy | None:
    """Return the most similar original that the article matches."""
    if content in first_of:
        return Copy(first_of[content].article_id, "exact", 1.0, 1.0)
    candidates = [
        Copy(original.article_id, kind, jaccard, containment)
        for other, (jaccard, containment) in matches.get(content, {}).items()
        if (original := first_of.get(other))
        and (kind := _kind(article, original, jaccard, containment))
    ]
    return min(candidates, key=lambda c: (-c.jaccard, -c.containment, c.original_id), default=None)


def _kind(article: Member, original: Member, jaccard: float, containment: float) -> str | None:
    """Return how `article` copies `original`, if it does."""
    kind = copy_kind(jaccard, containment) or "near"
    # A longer text that holds all of an earlier one has news of its own.
    return None if kind == "excerpt" and article.word_count > original.word_count else kind
