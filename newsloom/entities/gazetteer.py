"""Finds names of a fixed list in a text, whole words only, the longest name first."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_LEVELLED = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "‑": "-", "–": "-"})


class Match(NamedTuple):
    """A name of the list at text[start:end], and the value that the list has for it."""

    start: int
    end: int
    value: str


class Gazetteer:
    """A list of names, each with a value, ready to be searched for."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_first_word: dict[str, list[tuple[str, str]]] = {}
        for name, value in names.items():
            levelled = name.translate(_LEVELLED)
            first = _WORD.search(levelled)
            if first and first.start() == 0:
                self._by_first_word.setdefault(first[0], []).append((levelled, value))
        for candidates in self._by_first_word.values():
            candidates.sort(key=lambda pair: (-len(pair[0]), pair[0]))

    def find(self, text: str) -> Iterator[Match]:
        """Yield the names in `text` from left to right; none overlaps another."""
        levelled, done = text.translate(_LEVELLED), 0
        for word in _WORD.finditer(levelled):
            if word.start() < done or word[0] not in self._by_first_word:
                continue
            match = self._longest(levelled, word.start(), self._by_first_word[word[0]])
            if match:
                done = match.end
                yield match

    def _longest(self, text: str, start: int, candidates: list[tuple[str, str]]) -> Match | None:
        for name, value in candidates:
            end = start + len(name)
            if text.startswith(name, start) and not self._goes_on(text, end):
                return Match(start, end, value)
        return None

    def _goes_on(self, text: str, end: int) -> bool:
        """Tell whether the word before `end` continues there, as Niger does in Nigeria.

        After a hyphen it does so too, unless another listed name follows, as in Russia-Ukraine.
        """
        following = text[end : end + 1]
        if following == "-" and text[end + 1 : end + 2].isupper():
            second = _WORD.match(text, end + 1)
            return second is None or second[0] not in self._by_first_word
        return text[end - 1].isalnum() and (following.isalnum() or following == "_")
