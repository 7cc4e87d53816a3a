"""Settling a group: its originals, with the comparisons that the choice of them calls for.

In an outsize group not all pairs were compared, only each content with a few (see
warehouse.known.BUCKET_HUBS). An article that matches a copy is then compared with the original of
that copy, too, so that a text printed a thousand times over, each time a little different, still
has one original.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from newsloom.duplicates.originals import Copy, Member, Pair, originals

ALL_COMPARED = 64
"""In groups up to this size all pairs that share a band were compared."""
_ROUNDS = 4

Compare = Callable[[set[tuple[str, str]]], Iterable[Pair]]
"""Compares pairs of contents (the lesser id first) and returns those that are copies."""


def settle(
    articles: Sequence[Member], pairs: Iterable[Pair], compare: Compare
) -> tuple[dict[str, Copy], list[Pair]]:
    """Return what each copy copies, and the pairs that were found on the way."""
    known, found = list(pairs), list[Pair]()
    copies = originals(articles, known)
    if len(articles) <= ALL_COMPARED:
        return copies, found
    tried = {(a, b) for a, b, _, _ in known}
    for _ in range(_ROUNDS):
        todo = _open_questions(articles, known, copies) - tried
        if not todo:
            break
        tried |= todo
        more = list(compare(todo))
        known, found = known + more, found + more
        copies = originals(articles, known)
    return copies, found


def _open_questions(
    articles: Sequence[Member], pairs: Iterable[Pair], copies: dict[str, Copy]
) -> set[tuple[str, str]]:
    """Return originals beside the originals of the copies that they match, by their contents."""
    content_of = {article.article_id: article.content_id for article in articles}
    own: dict[str, str] = {}  # content -> the original's content, for contents that are copies
    for article_id, copy in copies.items():
        own[content_of[article_id]] = content_of[copy.original_id]
    questions: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        for content, other in (pair[:2], pair[1::-1]):
            if content not in own and other in own:
                questions[content].add(own[other])
    return {
        (min(content, original), max(content, original))
        for content, wanted in questions.items()
        for original in wanted
        if content != original
    }
