"""Countries and large cities by name in any language that the Unicode CLDR has names for."""

import re
from functools import lru_cache
from typing import NamedTuple

from newsloom.entities import countries
from newsloom.events.locales import places
from newsloom.events.rarity import phrase_weight
from newsloom.events.words import Word

_INFLECTED = frozenset(
    ("bg", "cs", "el", "et", "fi", "hr", "hu", "lt", "lv", "mk", "pl", "ro", "ru", "sh", "sk",
     "sl", "sr", "tr", "uk")
)  # fmt: skip
_UNSPACED = frozenset(("ja", "km", "lo", "my", "th", "zh", "zh-cn", "zh-tw"))
_SHORTEST_STEM = 4
_LONGEST_ENDING = 4
_SHORTEST_UNSPACED = 2
_ACRONYM = 3
_WORDS = re.compile(r"[^\W\d_]+")
_MOST_WEIGHT = 2.0
"""News is about places: even a rare one is shared by many events."""


class Place(NamedTuple):
    """A place named at text[start:end]: an ISO code of a country, or a time zone's city."""

    start: int
    end: int
    value: str


def find(text: str, capital: list[Word], language: str) -> list[Place]:
    """Return the places named in `text`, of which `capital` are the words."""
    if language in _UNSPACED:
        return [
            Place(*m.span(), places(language)[m[0]]) for m in _unspaced(language).finditer(text)
        ]
    names = _by_first_word(language)
    stems = _stems(language) if language in _INFLECTED else {}
    found: list[Place] = []
    for at, word in enumerate(capital):
        if found and word.start < found[-1].end:
            continue
        place = _longest(text, capital, at, names) or _inflected(word, stems)
        if place:
            found.append(place)
    return found


@lru_cache(maxsize=1024)
def name_and_weight(value: str) -> tuple[str, float]:
    """Return the English name of a place, and what sharing it proves."""
    country = countries.by_code().get(value)
    if country is None:
        city = value.rpartition("/")[2].replace("_", " ")
        return city, min(phrase_weight(city), _MOST_WEIGHT)
    names = (country.name, *country.aliases, *country.demonyms)
    return country.name, min(_MOST_WEIGHT, *map(phrase_weight, names))


_Names = dict[str, list[tuple[str, str]]]


@lru_cache(maxsize=64)
def _by_first_word(language: str) -> _Names:
    """Return names and values by the first word, the longest name first."""
    known = dict(places(language))
    if language == "en":
        for country in countries.by_code().values():
            names = (*country.demonyms, country.name, *country.aliases)
            known |= dict.fromkeys(names, country.code)
    found: _Names = {}
    for name, value in known.items():
        if first := _WORDS.match(name):
            found.setdefault(first[0], []).append((name, value))
    for candidates in found.values():
        candidates.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return found


def _longest(text: str, capital: list[Word], at: int, names: _Names) -> Place | None:
    word = capital[at]
    for name, value in names.get(word.surface, ()):
        end = word.start + len(name)
        whole = name == word.surface or (
            text.startswith(name, word.start) and not text[end : end + 1].isalnum()
        )
        if whole and (len(name) > _ACRONYM or name.isupper() or "/" in value):
            return Place(word.start, end, value)
    return None


@lru_cache(maxsize=64)
def _stems(language: str) -> dict[str, str]:
    """Return the places of one word by the part that inflection leaves alone."""
    stems: dict[str, str] = {}
    for name, value in sorted(places(language).items()):
        if _WORDS.fullmatch(name) and len(name) >= _SHORTEST_STEM:
            stems.setdefault(name[:-1] if len(name) > _SHORTEST_STEM else name, value)
    return stems


def _inflected(word: Word, stems: dict[str, str]) -> Place | None:
    surface = word.surface
    shortest = max(_SHORTEST_STEM, len(surface) - _LONGEST_ENDING)
    for size in range(len(surface), shortest - 1, -1):
        if surface[:size] in stems:
            return Place(word.start, word.end, stems[surface[:size]])
    return None


@lru_cache(maxsize=8)
def _unspaced(language: str) -> re.Pattern[str]:
    names = [name for name in places(language) if len(name) >= _SHORTEST_UNSPACED]
    return re.compile("|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n)))))
