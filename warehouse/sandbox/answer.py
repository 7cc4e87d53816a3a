"""What goes into the sandbox and what comes out of it."""

from typing import NamedTuple

Cell = str | int | float | bool | None
"""A value as it is sent: numbers and booleans as they are, all else as DuckDB writes it."""


class Limits(NamedTuple):
    """What one query may take. `memory` is written as DuckDB takes it: '256MB'."""

    rows: int
    seconds: float
    memory: str


class Answer(NamedTuple):
    """The rows of a query; `more` says that there were more than the limit lets through."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    more: bool
    seconds: float
