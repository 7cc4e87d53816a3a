"""What the Unicode CLDR knows of a language that marks need: numbers, scales, cities."""

import re
from functools import lru_cache
from typing import Any

from newsloom.entities import countries
from newsloom.locales import SHORTEST_NAME, locale

_SHORTEST_HAN_NAME = 2
USUAL = {
    "USA": "US", "EE.UU.": "US", "EE UU": "US", "EEUU": "US", "США": "US", "Etats-Unis": "US",
    "ABD": "US", "Großbritannien": "GB", "Grande-Bretagne": "GB", "Gran Bretaña": "GB",
    "Gran Bretagna": "GB", "Grã-Bretanha": "GB", "Groot-Brittannië": "GB",
    "Wielka Brytania": "GB", "Birleşik Krallık": "GB", "İngiltere": "GB",
}  # fmt: skip
"""What newspapers write where the CLDR is more formal."""
_SCALE_WORDS = {
    "mio": 6, "mrd": 9, "mln": 6, "mld": 9, "bn": 9, "млн": 6, "млрд": 9, "тыс": 3, "mil": 3,
    "million": 6, "millions": 6, "billion": 9, "billions": 9, "trillion": 12, "thousand": 3,
}  # fmt: skip
"""Abbreviations that newspapers use; billion is English, and overridden by other languages."""


@lru_cache(maxsize=64)
def decimal_sign(language: str) -> str:
    """Return the sign between units and tenths: "." or ","."""
    symbols: Any = locale(language).number_symbols
    sign = str(symbols.get("latn", symbols).get("decimal", "."))
    return sign if sign in ".," else "."


@lru_cache(maxsize=64)
def scales(language: str) -> dict[str, int]:
    """Return the words for powers of ten, such as Millionen: 6, in small letters."""
    found: dict[str, int] = dict(_SCALE_WORDS)
    patterns = locale(language).compact_decimal_formats
    for width in ("short", "long"):
        for by_size in patterns.get(width, {}).values():
            for size, pattern in by_size.items():
                word = re.sub(r"[0'.\s¤\xa0]+", "", pattern.pattern).casefold()
                zeros = pattern.pattern.count("0") - 1
                if word:
                    found[word] = len(size) - 1 - zeros
    return found


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    """Return the time zones named after a city: in Russian all are spelt anew, so it has each."""
    zones = map(str, locale("ru").time_zones)
    return tuple(sorted(z for z in zones if "/" in z and not z.startswith(("Etc/", "Antarctica/"))))


@lru_cache(maxsize=64)
def places(language: str) -> dict[str, str]:
    """Return countries (ISO code) and the cities of time zones (Europe/Rome) by name."""
    here = locale(language)
    found: dict[str, str] = {}
    for zone in _zones():
        city = here.time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2]
        found[city.replace("\xad", "").replace("_", " ").split(",")[0]] = zone
    known = countries.by_code()
    found |= {name: code for code, name in here.territories.items() if code in known}
    shortest = SHORTEST_NAME if here.language not in ("ja", "zh", "ko") else _SHORTEST_HAN_NAME
    return USUAL | {name: where for name, where in found.items() if len(name) >= shortest}
