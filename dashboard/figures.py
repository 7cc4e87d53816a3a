"""Figures: a question to the snapshot, the SQL that was run, the answer, how it is shown."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dashboard.snapshot import Snapshot
from newsloom import clock
from newsloom.errors import UsageError
from newsloom.plain import printable
from newsloom.settings import Settings
from warehouse.sandbox import Sandbox

WINDOWS = {"24h": timedelta(days=1), "7d": timedelta(days=7), "28d": timedelta(days=28)}
DEFAULT_WINDOW = "24h"


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it is shown; the data downloads have every column that the SQL returns.

    kind: text, word (unbroken), brief (cut), number, share, moment, ago, seconds, status, code,
    link, list, sparkline.
    link: a pattern such as "/sources/{source}", filled from the row; the row's None makes no link.
    """

    key: str
    label: str
    kind: str = "text"
    link: str = ""
    wide: bool = False
    """Left out on a phone."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A question with its answer."""

    name: str
    title: str
    sql: str
    """Runs as it stands in `newsloom sql`, parameters put in."""
    rows: list[dict[str, Any]]
    columns: tuple[Column, ...] = ()
    empty: str = "Nothing."
    """What is said where there is no row."""
    note: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    """The parameters of the address under which its data are."""

    @property
    def one(self) -> dict[str, Any]:
        """The first row, empty where there is none."""
        return self.rows[0] if self.rows else {}


@dataclass
class Ask:
    """What a page or figure is asked with."""

    snapshot: Snapshot
    settings: Settings
    parameters: Mapping[str, str]
    """Of the address: its path and query."""
    box: Sandbox | None = None
    """Where the SQL of strangers runs."""

    @property
    def folder(self) -> Path:
        """The warehouse folder."""
        return self.snapshot.digest.path.parent

    @property
    def window(self) -> str:
        """The chosen time window, by name."""
        given = self.parameters.get("window", DEFAULT_WINDOW)
        return given if given in WINDOWS else DEFAULT_WINDOW

    @property
    def now(self) -> datetime:
        """The moment, in UTC, to the minute."""
        return clock.now().replace(second=0, microsecond=0)

    @property
    def since(self) -> datetime:
        """The beginning of the window, in UTC, on the full hour."""
        return (self.now - WINDOWS[self.window]).replace(minute=0)

    def text(self, name: str, most: int = 300) -> str:
        """Return a parameter, cut to a bearable length; '' where it is not given."""
        return self.parameters.get(name, "").replace("\0", "")[:most].strip()

    def number(self, name: str, default: int, most: int) -> int:
        """Return a parameter that is a number between 1 and `most`."""
        given = self.text(name, 12)
        return min(max(int(given), 1), most) if given.isdecimal() else default

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Return the rows of a query; $name in it stands for the value of that name."""
        used = {name: value for name, value in values.items() if re.search(rf"\${name}\b", sql)}
        return self.snapshot.rows(sql, used)

    def figure(
        self,
        name: str,
        title: str,
        columns: tuple[Column, ...] = (),
        *,
        empty: str = "Nothing.",
        note: str = "",
        query: Mapping[str, str] | None = None,
        **values: Any,
    ) -> Figure:
        """Ask the question queries/NAME.sql, in which $name stands for the value of that name.

        query: what the address of its data needs besides the window.
        """
        sql = question(name)
        rows = self.rows(sql, **values)
        address = {"window": self.window, **(query or {})}
        return Figure(name, title, shown(sql, values), rows, columns, empty, note, address)


Maker = Callable[[Ask], Figure]
FIGURES: dict[str, Maker] = {}
"""All figures by the name that their data have."""


def figure(name: str) -> Callable[[Maker], Maker]:
    """Mark a function that makes the figure of this name: it is then under /data/NAME.csv, too."""

    def mark(maker: Maker) -> Maker:
        assert name not in FIGURES, name
        FIGURES[name] = maker
        return maker

    return mark


@cache
def question(name: str) -> str:
    """Return the SQL of a figure."""
    return files(__package__).joinpath("queries", f"{name}.sql").read_text("utf-8")


def shown(sql: str, values: Mapping[str, Any]) -> str:
    """Return a query with its parameters put in as literals."""
    text = sql.strip()
    for name in sorted(values, key=len, reverse=True):
        text = re.sub(rf"\${name}\b", lambda _, name=name: literal(values[name]), text)  # type: ignore[misc]
    return text


def literal(value: Any) -> str:
    """Return a value as SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, datetime):
        return f"TIMESTAMP '{value:%Y-%m-%d %H:%M:%S}'"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(literal, value)) + "]"
    parts = ("'" + part.replace("'", "''") + "'" if seen else f"chr({ord(part)})"
             for part, seen in _pieces(str(value)))  # fmt: skip
    return " || ".join(parts) or "''"


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Return the parts of a text: stretches that can be shown, and single characters that cannot.

    Such as turn the order of what follows, which would make the SQL look like another.
    """
    for seen, part in groupby(text, lambda char: printable(char) == char):
        text = "".join(part)
        yield from [(text, True)] if seen else [(char, False) for char in text]


def filled(pattern: str, row: Mapping[str, Any]) -> str:
    """Return the address in a column's pattern, '' where the row lacks what it needs."""
    names = re.findall(r"{(\w+)}", pattern)
    if any(row.get(name) in (None, "") for name in names):
        return ""
    return re.sub(r"{(\w+)}", lambda found: quote(str(row[found[1]]), safe=""), pattern)


class NotThere(UsageError):
    """What an address names is not in the warehouse: a 404."""
