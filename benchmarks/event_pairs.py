"""The pairs of semeval_pairs.jsonl.gz: two texts, their languages, and whether they are one event.

The file holds no dates. But an article's id counts what its collection (Media Cloud) took in, so it
tells the day: read off the 167 addresses that hold a date, to within one day for half of them and
five for nine in ten.
"""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from newsloom.events.features import ById, Row, by_id, features
from newsloom.events.marks import marks

FILE = Path("stories") / "semeval_pairs.jsonl.gz"
SAME_EVENT = 2.0
"""Raters gave 1 (same) to 4 (unrelated)."""
_IN_ADDRESS = re.compile(r"(20(?:19|20))[-/]?(0[1-9]|1[0-2])[-/]?([0-3]\d)(?!\d)")
_NEIGHBOURS = 7


class Side(NamedTuple):
    """One article of a pair."""

    language: str
    text: str
    day: float  # days since year 1
    marks: ById


class Pair(NamedTuple):
    """Two articles and the raters' mean: 1 same event ... 4 unrelated."""

    a: Side
    b: Side
    overall: float

    @property
    def languages(self) -> str:
        """The two languages, such as de-en."""
        return "-".join(sorted((self.a.language, self.b.language)))

    @property
    def crosses(self) -> bool:
        """The two are of different languages."""
        return self.a.language != self.b.language


def load(data: Path) -> list[Pair]:
    """Return the pairs with their marks. Raises FileNotFoundError where the data is absent."""
    with gzip.open(data / FILE, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    calendar = _Calendar(rows)
    return [
        Pair(_side(row, 1, calendar), _side(row, 2, calendar), float(row["overall"]))
        for row in rows
    ]


def _side(row: dict[str, Any], n: int, calendar: "_Calendar") -> Side:
    language, text = row[f"lang{n}"], row["ab"[n - 1]]["text"]
    return Side(language, text, calendar.day(row, n), by_id(marks("", text, language)))


def compare(a: Side, b: Side, *, dated: bool = True) -> Row:
    """Return the features of two articles."""
    return features(a.marks, b.marks, abs(a.day - b.day) if dated else None)


def strangers(pairs: list[Pair]) -> Iterator[tuple[Side, Side]]:
    """Yield each first article of a pair with the second articles of all other pairs."""
    for n, pair in enumerate(pairs):
        for m, other in enumerate(pairs):
            if n != m:
                yield pair.a, other.b


class _Calendar:
    """Turns the collection's ids into days."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        known = {
            (self._id(row, n), day)
            for row in rows
            for n in (1, 2)
            if (day := _address_day(self._address(row, n)))
        }
        self._ids, self._days = np.array(sorted(known), np.float64).T

    def day(self, row: dict[str, Any], n: int) -> float:
        """Return the day of the first or second article, since year 1."""
        stated = _address_day(self._address(row, n))
        if stated:
            return float(stated)
        nearest = np.argsort(np.abs(self._ids - self._id(row, n)), kind="stable")[:_NEIGHBOURS]
        return float(np.median(self._days[nearest]))

    @staticmethod
    def _id(row: dict[str, Any], n: int) -> int:
        return int(str(row["id"]).split("_")[n - 1])

    @staticmethod
    def _address(row: dict[str, Any], n: int) -> str:
        return str(row["ab"[n - 1]]["url"])


def _address_day(address: str) -> int | None:
    match = _IN_ADDRESS.search(address)
    try:
        return date(*map(int, match.groups())).toordinal() if match else None
    except ValueError:
        return None
