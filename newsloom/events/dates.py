"""Days that a text speaks of, as month-day: "July 26", "26. Juli", "26 de julio", "26.07.2020".

Names of months are read as in newsloom.fingerprints.spoken. Digits are not: there, every rule is
part of stored signatures and of what the story model has learned from; here, of the event model.
"""

import re
from typing import NamedTuple

from newsloom.fingerprints.spoken import SpokenDay, day_at, in_words

_NUMBER = re.compile(r"\d{1,4}")
_ISO = re.compile(r"\d{4}-(\d{2})-(\d{2})(?!\d)")
_CHINESE = re.compile(r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_DOTTED = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)")


class Day(NamedTuple):
    """A day named at text[start:end]; `name` is month and day, such as 07-26."""

    start: int
    end: int
    name: str


def find(text: str, language: str) -> list[Day]:
    """Return the days named in `text`."""
    found: list[Day] = []
    for number in _NUMBER.finditer(text):
        if found and number.start() < found[-1].end:
            continue
        if day := _at(text, number, language):
            found.append(Day(day.start, day.end, f"{day.month:02}-{day.day:02}"))
    return found


def _at(text: str, number: re.Match[str], language: str) -> SpokenDay | None:
    """Return the day whose first or only digits are `number`."""
    start = number.start()
    if match := _ISO.match(text, start) or _CHINESE.match(text, start):
        return day_at(start, match.end(), match[1], match[2])
    # In English, the month may come first.
    if language != "en" and (match := _DOTTED.match(text, start)):
        return day_at(start, match.end(), match[3], match[1])
    return in_words(text, number, language)
