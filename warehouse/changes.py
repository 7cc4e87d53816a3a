"""What a revision changed in headline and text, as pieces of words."""

from collections.abc import Iterable
from typing import Any

Piece = tuple[str, str]
"""Kind (same, added, removed) and words, as newsloom.revisions.word_diff returns them."""


def changed(row: dict[str, Any]) -> dict[str, list[Piece]]:
    """Return the pieces of the headline and the text, each where it has changed.

    row: with title, text, title_before and text_before. A first revision has changed nothing.
    """
    if row["text_before"] is None:
        return {}
    sides = {
        "headline": (row["title_before"] or "", row["title"] or ""),
        "text": (row["text_before"], row["text"] or ""),
    }
    return {
        name: list(_pieces(before, after))
        for name, (before, after) in sides.items()
        if before.split() != after.split()
    }


def changes(row: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Return the same for a program."""
    return {
        name: [{"kind": kind, "text": text} for kind, text in pieces]
        for name, pieces in changed(row).items()
    }


def _pieces(before: str, after: str) -> Iterable[Piece]:
    # Not above: it loads the readers of dates in all languages.
    from newsloom.revisions import word_diff

    return word_diff(before, after)
