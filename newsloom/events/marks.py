"""Marks: what of an article stands in any language, and can be compared across two.

A mark has a kind, a 32-bit id that is the same in every language, a weight by how rare it is, and
whether it stands in the headline or the lead.
"""

import re
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from newsloom.events import dates, numbers, places
from newsloom.events.rarity import word_weight
from newsloom.events.spelling import folded, sound
from newsloom.events.words import Word, Words, words
from newsloom.fingerprints.hashing import hash_text

HEAD_CHARACTERS = 1200
"""News says what happened first; the scorer has learned from texts of about this length."""
LEAD_CHARACTERS = 400
WEIGHT_STEP = 0.04
"""Weights are stored as so many of these, in one byte."""


class Kind(IntEnum):
    """What a mark is. The values are stored."""

    PLACE = 1  # a country or large city
    NUMBER = 2
    DATE = 3  # a day, as month and day
    NAME = 4  # a capitalised word, folded to Latin letters
    SOUND = 5  # its leading consonants, for other spellings
    FULL_NAME = 6  # two such words side by side


MOST = {
    Kind.PLACE: 24, Kind.NUMBER: 24, Kind.DATE: 12, Kind.NAME: 48, Kind.SOUND: 48,
    Kind.FULL_NAME: 32,
}  # fmt: skip
"""How many of a kind are kept, the weightiest first."""
_LEAST_WEIGHT = 0.15

_SIDE_BY_SIDE = re.compile(r"[ \u00a0-]{1,2}")
_SHORTEST_NAME = 2
_ONE_DAY = 1.0


class Mark(NamedTuple):
    """One thing that an article has: `name` is for a person to read."""

    kind: Kind
    id: int
    weight: float
    in_lead: bool
    name: str


def marks(title: str, text: str, language: str) -> list[Mark]:
    """Return the marks of an article, each once, by kind and id."""
    head = text[:HEAD_CHARACTERS]
    # A full stop between, so that headline and text never make a name together.
    whole = f"{title} .\n{head}" if title else head
    lead_end = len(title) + LEAD_CHARACTERS
    kept: dict[tuple[Kind, int], Mark] = {}

    def add(kind: Kind, key: str, weight: float, at: int, name: str) -> None:
        if weight < _LEAST_WEIGHT:
            return
        id_ = _id(kind, key)
        known = kept.get((kind, id_))
        if known is None or (at < lead_end and not known.in_lead):
            level = round(weight / WEIGHT_STEP) * WEIGHT_STEP
            kept[kind, id_] = Mark(kind, id_, level, at < lead_end, name)

    days = dates.find(whole, language)
    for day in days:
        add(Kind.DATE, day.name, _ONE_DAY, day.start, day.name)
    taken = [range(day.start, day.end) for day in days]
    for number in numbers.find(whole, language):
        if not any(number.start in span for span in taken):
            add(Kind.NUMBER, number.name, number.weight, number.start, number.name)
    split = words(whole)
    located = places.find(whole, split.capital, language)
    for place in located:
        name, weight = places.name_and_weight(place.value)
        add(Kind.PLACE, place.value, max(weight, _LEAST_WEIGHT), place.start, name)
    named = _names(split, language, located)
    for word, weight in named:
        add(Kind.NAME, folded(word.surface), weight, word.start, word.surface)
        if heard := sound(word.surface, language):
            add(Kind.SOUND, heard, weight, word.start, word.surface)
    for (first, weight), (second, other) in pairwise(named):
        if _SIDE_BY_SIDE.fullmatch(whole, first.end, second.start):
            key = f"{_spelt(first.surface, language)} {_spelt(second.surface, language)}"
            name = whole[first.start : second.end]
            add(Kind.FULL_NAME, key, weight + other, first.start, name)
    return _weightiest(kept)


def _weightiest(kept: dict[tuple[Kind, int], Mark]) -> list[Mark]:
    chosen: list[Mark] = []
    for kind, most in MOST.items():
        of_kind = [mark for mark in kept.values() if mark.kind == kind]
        of_kind.sort(key=lambda mark: (-mark.weight, mark.id))
        chosen.extend(of_kind[:most])
    return sorted(chosen, key=lambda mark: (mark.kind, mark.id))


@lru_cache(maxsize=131_072)
def _id(kind: Kind, key: str) -> int:
    return hash_text(f"{kind.value}:{key}") >> 32


def _spelt(word: str, language: str) -> str:
    return sound(word, language) or folded(word)


def _names(split: Words, language: str, located: list[places.Place]) -> list[tuple[Word, float]]:
    """Return the words that may be names, in order: not written small elsewhere, and no places."""
    ends = {place.start: place.end for place in located}
    found = []
    end_of_place = 0
    for word in split.capital:
        end_of_place = ends.get(word.start, end_of_place)
        surface = word.surface
        if word.start < end_of_place or len(surface) < _SHORTEST_NAME:
            continue
        if surface.casefold() in split.small:
            continue
        weight = _word_weight(surface, language)
        if weight >= _LEAST_WEIGHT:
            found.append((word, weight))
    return found


@lru_cache(maxsize=131_072)
def _word_weight(surface: str, language: str) -> float:
    return word_weight(surface.casefold(), folded(surface), language)
