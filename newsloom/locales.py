"""What the Unicode CLDR (through Babel) calls things in a language."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

SHORTEST_NAME = 3
"""Abbreviations of fewer letters are words of their own."""


@lru_cache(maxsize=64)
def locale(language: str) -> "Locale":
    """Return the locale of a language code, English where there is none."""
    # Here, not above: an import that needs no names of months does without Babel.
    from babel import Locale
    from babel.core import UnknownLocaleError

    try:
        return Locale.parse(language.split("-")[0])
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en")


@lru_cache(maxsize=64)
def months(language: str) -> dict[str, int]:
    """Return the months' names and abbreviations of three letters or more, in small letters."""
    known = locale(language).months
    return {
        name.casefold().rstrip("."): number
        for context in ("stand-alone", "format")
        for width in ("abbreviated", "wide")
        for number, name in known[context][width].items()
        if len(name.rstrip(".")) >= SHORTEST_NAME
    }
