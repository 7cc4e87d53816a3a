"""Days that a text speaks of, as month-day: "July 26", "26. Juli", "26 de julio", "26.07.2020"."""

import re
from functools import lru_cache
from typing import NamedTuple

from newsloom.events.locales import months

_NUMBER = re.compile(r"\d{1,4}")
_ISO = re.compile(r"\d{4}-(\d{2})-(\d{2})(?!\d)")
_CHINESE = re.compile(r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_DOTTED = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)")
_NOT_A_DAY = re.compile(r"[.,:]?\d")
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LONGEST_MONTH = 16


class Day(NamedTuple):
    """A day named at text[start:end]; `name` is month and day, such as 07-26."""

    start: int
    end: int
    name: str


@lru_cache(maxsize=64)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what follows a day's number, and what ends before it."""
    names = sorted(months(language), key=lambda name: (-len(name), name))
    month = "|".join(map(re.escape, names))
    after = rf"\d{{1,2}}(?:\.|st|nd|rd|th|er|º)?\s+(?:de\s+|of\s+)?({month})\b"
    before = rf"\b({month})\.?\s+$"
    return re.compile(after, re.IGNORECASE), re.compile(before, re.IGNORECASE)


def find(text: str, language: str) -> list[Day]:
    """Return the days named in `text`."""
    found: list[Day] = []
    for number in _NUMBER.finditer(text):
        if found and number.start() < found[-1].end:
            continue
        day = _at(text, number, language)
        if day:
            found.append(day)
    return found


def _at(text: str, number: re.Match[str], language: str) -> Day | None:
    """Return the day whose first or only digits are `number`."""
    start = number.start()
    if match := _ISO.match(text, start):
        return _day(start, match.end(), match[1], match[2])
    if match := _CHINESE.match(text, start):
        return _day(start, match.end(), match[1], match[2])
    # In English, the month may come first.
    if language != "en" and (match := _DOTTED.match(text, start)):
        return _day(start, match.end(), match[3], match[1])
    after, before = _patterns(language)
    if match := after.match(text, start):
        return _day(start, match.end(), months(language)[match[1].casefold()], number[0])
    if _NOT_A_DAY.match(text, number.end()):
        return None
    window = text[max(0, start - _LONGEST_MONTH) : start]
    if window[-1:].isspace() and (match := before.search(window)):
        return _day(start, number.end(), months(language)[match[1].casefold()], number[0])
    return None


def _day(start: int, end: int, month: str | int, day: str) -> Day | None:
    if not 1 <= int(month) <= len(_DAYS_IN_MONTH):
        return None
    if not 1 <= int(day) <= _DAYS_IN_MONTH[int(month) - 1]:
        return None
    return Day(start, end, f"{int(month):02}-{int(day):02}")
