"""Numbers in one canonical form: "1.234,5" in German is "1,234.5" in English."""

import re
from typing import NamedTuple

from newsloom.events.locales import decimal_sign, scales

_NUMBER = re.compile(
    r"(?<![\w.,:])(?:\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
)
_CLOCK = re.compile(r":\d\d|\s?(?:uhr|am|pm|a\.m|p\.m|o'clock|h\d\d)\b", re.IGNORECASE)
_AFTER = re.compile(r"[ \u00a0-]{0,2}([^\W\d_]+)\.?(?:[ \u00a0]([^\W\d_]+))?")
_PERCENT = re.compile(
    r"\s?(?:[%٪]|per\s?cent|prozent|por ?cien|pour ?cent|por ?cento|procent|percento|процент)",
    re.IGNORECASE,
)
_LONGEST_DIGITS = 15
_SMALL = 31
_YEARS = range(1900, 2101)


class Number(NamedTuple):
    """A number of the text: where it stands, its canonical form, and what it proves."""

    start: int
    end: int
    name: str  # such as "87000" or "14.7%"
    weight: float


def find(text: str, language: str) -> list[Number]:
    """Return the numbers of two digits and more; hours of the clock are none."""
    found = []
    for match in _NUMBER.finditer(text):
        digits = match[0]
        if len(digits) > _LONGEST_DIGITS or _CLOCK.match(text, match.end()):
            continue
        value = _value(digits, decimal_sign(language))
        percent = _PERCENT.match(text, match.end()) is not None
        power = 0 if percent else _power(text, match.end(), language)
        if value is None or (len(digits) < 2 and not power):
            continue
        name = f"{value * 10**power:.15g}"
        weight = _weight(value, percent, plain_year=not power and digits.isdecimal())
        found.append(Number(match.start(), match.end(), name + "%" * percent, weight))
    return found


def _value(digits: str, decimal: str) -> float | None:
    """Return the value; where a lone sign may stand for either, the language decides."""
    digits = re.sub(r"[ \u00a0\u202f'’]", "", digits)
    signs = [sign for sign in digits if sign in ".,"]
    if not signs:
        return float(digits)
    last = signs[-1]
    tail = digits.rpartition(last)[2]
    groups = re.split("[.,]", digits)[1:]
    if len(set(signs)) == 1 and len(signs) > 1:
        return float(digits.replace(last, "")) if all(len(g) == 3 for g in groups) else None
    if len(signs) > 2 and signs.count(last) > 1:
        return None
    if len(set(signs)) == 1 and len(tail) == 3 and last != decimal:
        return float(digits.replace(last, ""))
    other = "." if last == "," else ","
    return float(digits.replace(other, "").replace(last, "."))


def _power(text: str, end: int, language: str) -> int:
    """Return the power of ten that the next word or two stand for: mil millones is 9."""
    after = _AFTER.match(text, end)
    if after is None:
        return 0
    known, first = scales(language), after[1].casefold()
    return known.get(first + (after[2] or "").casefold()) or known.get(first, 0)


def _weight(value: float, percent: bool, *, plain_year: bool) -> float:
    """Return 0 to 3: the more digits, the less it can be chance."""
    significant = len(f"{value:.6g}".replace(".", "").strip("0"))
    if plain_year and value in _YEARS:
        return 0.1
    if not percent and value <= _SMALL and value == int(value):
        return 0.2
    return (
        min(0.4, 0.4 * significant) if significant < 2 else min(significant - 1 + 0.5 * percent, 3)
    )
