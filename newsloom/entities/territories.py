"""Countries by name in texts of any language that the Unicode CLDR has names for.

Only base forms are found, so inflecting languages lose some; what is found is right.
"""

import re
import unicodedata
from functools import lru_cache

from babel import Locale
from babel.core import UnknownLocaleError

from newsloom.entities import countries
from newsloom.entities.gazetteer import Gazetteer, Match
from newsloom.entities.names import word_set

_SHORTEST_NAME_CHARACTERS = 4
_UNSPACED = word_set("ja km lo my th zh zh-cn zh-tw")
"""Languages that put no blanks between words: a short name may be part of another word."""

_USUAL = {
    "USA": "US", "EE.UU.": "US", "EE UU": "US", "EEUU": "US", "США": "US", "Etats-Unis": "US",
    "Großbritannien": "GB", "Grande-Bretagne": "GB", "Gran Bretaña": "GB", "Gran Bretagna": "GB",
    "Grã-Bretanha": "GB", "Groot-Brittannië": "GB", "Wielka Brytania": "GB",
}  # fmt: skip
"""What newspapers write where the CLDR is more formal."""

_CAPITAL_NOUNS = frozenset({"de", "lb"})
_WORD_BEFORE = re.compile(r"([^\W_]+)[ -]$")
_WORD_AFTER = re.compile(r"[ -]([^\W_]+)")
_LOOK_BACK = 40
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:…\n])\W*$")


def find(text: str, language: str) -> list[Match]:
    """Return the countries named in `text`; the value of each match is an ISO code."""
    names = _gazetteer(language.casefold())
    return [match for match in names.find(text) if _is_sure(match, text, language)]


@lru_cache(maxsize=64)
def _gazetteer(language: str) -> Gazetteer:
    if language in _UNSPACED:
        return Gazetteer({})
    try:
        territories = Locale.parse(language.replace("-", "_")).territories
    except (ValueError, UnknownLocaleError):
        return Gazetteer({})
    known = countries.by_code()
    return Gazetteer(
        _USUAL
        | {
            unicodedata.normalize("NFC", name): code
            for code, name in territories.items()
            if code in known and len(name) >= _SHORTEST_NAME_CHARACTERS
        }
    )


def _is_sure(match: Match, text: str, language: str) -> bool:
    """Tell whether the word can be nothing but the country: no part of a longer name.

    A single word that opens a sentence has its capital letter from there and proves nothing.
    """
    name = text[match.start : match.end]
    if " " in name or not name[0].isupper():
        return True
    before = text[max(0, match.start - _LOOK_BACK) : match.start]
    if language in _CAPITAL_NOUNS:
        return True
    left, right = _WORD_BEFORE.search(before), _WORD_AFTER.match(text, match.end)
    if _OPENS_SENTENCE.search(before) and len(name) <= _SHORTEST_NAME_CHARACTERS:
        return False
    return not any(word and word[1][0].isupper() for word in (left, right))
