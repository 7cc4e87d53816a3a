"""Days that a text speaks of: "July 26", "26. Juli 2020", "26 de julio", "2020-07-26".

Two reports of one event mostly name the same days, and look-alike events of other years do not. For
an article without a date this is the nearest thing to one.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from newsloom.locales import months

DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FIRST_YEAR, LAST_YEAR = 1900, 2100
_EPOCH = date(1970, 1, 1).toordinal()
_LONGEST_MONTH = 16

_NUMBER = re.compile(r"(?<![\d.,])\d{1,4}")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_EASTERN = re.compile(r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_EASTERN_YEAR = re.compile(r"(\d{4})\s?[年년]\s?$")
_DOTTED = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?![/\d])")
_NOT_A_DAY = re.compile(r"[.,:]?\d")
_YEAR_AFTER = re.compile(r"(?:st|nd|rd|th)?\s?(?:,|\.|\sde|\sdel|\sof)?\s(\d{4})(?!\d)")


class SpokenDay(NamedTuple):
    """A day named at text[start:end]; `year` is 0 where the text names none."""

    start: int
    end: int
    month: int
    day: int
    year: int


def spoken_days(text: str, language: str) -> tuple[list[int], list[int]]:
    """Return the days named: as 32 * month + day, and those with a year as days since 1970."""
    found = list(find(text, language))
    days = sorted({32 * each.month + each.day for each in found})
    return days, sorted({n for each in found if (n := _since_epoch(each)) is not None})


def _since_epoch(spoken: SpokenDay) -> int | None:
    if not FIRST_YEAR <= spoken.year <= LAST_YEAR:
        return None
    try:
        return date(spoken.year, spoken.month, spoken.day).toordinal() - _EPOCH
    except ValueError:  # February 29
        return None


def find(text: str, language: str) -> Iterator[SpokenDay]:
    """Yield the days named in `text`, by place."""
    end = 0
    for number in _NUMBER.finditer(text):
        if number.start() >= end and (spoken := _at(text, number, language)):
            end = spoken.end
            yield spoken


def _at(text: str, number: re.Match[str], language: str) -> SpokenDay | None:
    """Return the day whose first or only digits are `number`."""
    return _in_digits(text, number.start(), language) or in_words(text, number, language)


def _in_digits(text: str, start: int, language: str) -> SpokenDay | None:
    if match := _ISO.match(text, start):
        return day_at(start, match.end(), match[2], match[3], match[1])
    if match := _EASTERN.match(text, start):
        year = _EASTERN_YEAR.search(text[max(0, start - 7) : start])
        return day_at(start, match.end(), match[1], match[2], year[1] if year else 0)
    # In English the month may come first, so digits alone are left.
    if language != "en" and (match := _DOTTED.match(text, start)):
        year_digits = match[4] if len(match[4]) == 4 else f"20{match[4]}"
        return day_at(start, match.end(), match[3], match[1], year_digits)
    if language == "vi" and (match := _SLASHED.match(text, start)):
        return day_at(start, match.end(), match[2], match[1], 0)
    return None


def in_words(text: str, number: re.Match[str], language: str) -> SpokenDay | None:
    """Return the day of which `number` are the digits, beside the name of a month."""
    start = number.start()
    after, before = _patterns(language)
    if match := after.match(text, start):
        month = months(language)[match[1].casefold()]
        return day_at(start, match.end(), month, number[0], _year_at(text, match.end()))
    if _NOT_A_DAY.match(text, number.end()):
        return None
    window = text[max(0, start - _LONGEST_MONTH) : start]
    if window[-1:].isspace() and (match := before.search(window)):
        month = months(language)[match[1].casefold()]
        return day_at(start, number.end(), month, number[0], _year_at(text, number.end()))
    return None


def _year_at(text: str, end: int) -> str | int:
    match = _YEAR_AFTER.match(text, end)
    return match[1] if match else 0


@lru_cache(maxsize=64)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what follows a day's number, and what ends before it."""
    names = sorted(months(language), key=lambda name: (-len(name), name))
    month = "|".join(map(re.escape, names))
    after = rf"\d{{1,2}}(?:\.|st|nd|rd|th|er|º)?\s+(?:de\s+|of\s+)?({month})\b"
    before = rf"\b({month})\.?\s+$"
    return re.compile(after, re.IGNORECASE), re.compile(before, re.IGNORECASE)


def day_at(
    start: int, end: int, month: str | int, day: str | int, year: str | int = 0
) -> SpokenDay | None:
    """Return the day that is named at text[start:end], None where no month has it."""
    if (
        not 1 <= int(month) <= len(DAYS_IN_MONTH)
        or not 1 <= int(day) <= DAYS_IN_MONTH[int(month) - 1]
    ):
        return None
    return SpokenDay(start, end, int(month), int(day), int(year))
