"""The words of a text with their places, made once for places and names alike."""

import re
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+")
_CASELESS = re.compile("[\u0590-\u08ff\u0900-\u0e7f\u10a0-\u10ff\u1200-\u137f]")
_SAMPLE_CHARACTERS = 400
_TENTH = 10


class Word(NamedTuple):
    """A run of letters at text[start:end], as it is written there."""

    start: int
    end: int
    surface: str


class Words(NamedTuple):
    """`capital` are the words in capitals (all, in a script without them); `small` the others."""

    capital: list[Word]
    small: frozenset[str]


def words(text: str) -> Words:
    """Split `text` into words."""
    sample = text[:_SAMPLE_CHARACTERS]
    if len(_CASELESS.findall(sample)) * _TENTH > len(sample):
        return Words([Word(*m.span(), m[0]) for m in _WORD.finditer(text)], frozenset())
    capital, small = [], set()
    for match in _WORD.finditer(text):
        surface = match[0]
        if surface[0].islower():
            small.add(surface)
        else:
            capital.append(Word(match.start(), match.end(), surface))
    return Words(capital, frozenset(small))
