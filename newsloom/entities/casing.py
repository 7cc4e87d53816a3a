"""Repairs Badly Capitalised Prose, which makes the tagger see names where there are none.

A repaired text has the same length as the original, so that offsets hold in both.
"""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from newsloom.entities import countries, dictionary, regions
from newsloom.entities.names import APOSTROPHES

BAD_SHARE = 0.40
"""Ordinary news has up to .39, and .10 as a rule; headlines have nearly 1 or nearly 0."""

_BAD_TITLE_SHARE = 0.60
"""A headline is short, and a long name in it raises the share of one that is well written."""

_FEWEST_BODY_WORDS = 20
_FEWEST_TITLE_WORDS = 2
_SHORTEST_TELLING_WORD = 4

_WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}-][^\W\d_]+)*")
_OPENS_SENTENCE = re.compile(r"(?:^|(?<![A-Z])\.|[!?:…\n])[\s\"'“”‘’«»()\[\]—–-]*$")
_LOOK_BACK = 8

Range: TypeAlias = tuple[int, int]


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    opens: bool  # a sentence or line

    @property
    def is_capitalised(self) -> bool:
        return self.text == "A" or (self.text[0].isupper() and self.text[1:].islower())

    @property
    def lower(self) -> str:
        """Return the word to look up: in lower case, without a possessive ending."""
        return re.sub(rf"[{APOSTROPHES}]s?$", "", self.text.lower())


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        start = match.start()
        opens = _OPENS_SENTENCE.search(text[max(0, start - _LOOK_BACK) : start]) is not None
        yield _Word(start, match.end(), match[0], opens)


def title_case_share(text: str, *, fewest_words: int = _FEWEST_BODY_WORDS) -> float:
    """Return which share of the ordinary words is capitalised in mid-sentence, 0..1.

    Function words stay out, as headlines leave them small; so do names of countries. A text
    with fewer than `fewest_words` such words has share 0.
    """
    kept = _Covered(match[:2] for match in countries.gazetteer().find(text))
    seen = capitalised = 0
    for word in _words(text):
        if _is_telling(word) and not kept.holds(word.start):
            seen += 1
            capitalised += word.is_capitalised
    return capitalised / seen if seen >= fewest_words else 0.0


def _is_telling(word: _Word) -> bool:
    return (
        not word.opens
        and (word.is_capitalised or word.text.islower())
        and len(word.text) >= _SHORTEST_TELLING_WORD
        and word.lower not in dictionary.FUNCTION_WORDS
        and _is_ordinary(word.lower)
    )


def _is_ordinary(lower: str) -> bool:
    return all(map(dictionary.is_ordinary, lower.split("-")))


def repair(text: str, keep: Collection[Range] = ()) -> str | None:
    """Return `text` with ordinary words in lower case, or None if its casing is not bad.

    Words inside the ranges of `keep` stay as they are, as do the first words of sentences.
    """
    if title_case_share(text) < BAD_SHARE:
        return None
    known_small = {word.text for word in _words(text) if word.text.islower()}
    return _lowered(text, keep, known_small, frozenset())


def repair_title(title: str, keep: Collection[Range], body: str) -> str | None:
    """Return a headline with ordinary words in lower case, or None if it is no Title Case.

    The `body` knows best: its words in lower case are ordinary, its capitalised ones are names.
    Pass an empty body if its own casing is bad.
    """
    if title_case_share(title, fewest_words=_FEWEST_TITLE_WORDS) < _BAD_TITLE_SHARE:
        return None
    words = list(_words(body))
    small = {word.text for word in words if word.text.islower()}
    capital = {word.lower for word in words if word.is_capitalised and not word.opens}
    return _lowered(title, keep, small, frozenset(capital - small))


def _lowered(text: str, keep: Collection[Range], small: set[str], names: frozenset[str]) -> str:
    known = (match[:2] for match in countries.gazetteer().find(text))
    kept = _Covered([*keep, *known, *regions.ranges(text)])
    characters = list(text)
    for word, following in pairwise([*_words(text), None]):
        if word is None or word.opens or not word.is_capitalised or kept.holds(word.start):
            continue
        ordinary = word.lower not in names and _is_ordinary(word.lower)
        if _seen_in(small, word.lower) or (ordinary and not _starts_full_name(word, following)):
            _lower(characters, word)
    return "".join(characters)


def _starts_full_name(word: _Word, following: _Word | None) -> bool:
    """Tell whether the word may be a first name before a surname: "Mark" in "Mark Zuckerberg"."""
    return (
        following is not None
        and following.start == word.end + 1
        and following.is_capitalised
        and not _is_ordinary(following.lower)
        and following.lower not in dictionary.ALWAYS_CAPITAL
        and dictionary.can_be_first_name(word.lower)
    )


def _lower(characters: list[str], word: _Word) -> None:
    """Put the word's capital, and those behind its hyphens, in lower case."""
    for initial in re.finditer(r"(?:^|-)(.)", word.text):
        place = word.start + initial.start(1)
        lower = characters[place].lower()
        characters[place] = lower if len(lower) == 1 else characters[place]


def _seen_in(small: set[str], word: str) -> bool:
    """Tell whether the singular or plural of `word` is written in lower case elsewhere."""
    return not small.isdisjoint((word, word + "s", word.removesuffix("s")))


class _Covered:
    """Ranges of a text, asked about from left to right or in any order."""

    def __init__(self, ranges: Collection[Range] | Iterator[Range]) -> None:
        self._places = {place for start, end in ranges for place in range(start, end)}

    def holds(self, place: int) -> bool:
        return place in self._places
