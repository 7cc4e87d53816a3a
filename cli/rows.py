"""The rows of a query on the screen: a table where it fits, else one block a row."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from cli.output import GAP, grid, listing, shown

LEAST_WIDTH = 12
"""A column is cut to no fewer characters than this; where that does not do, rows become blocks."""
WHOLE_WIDTH = 26
"""Up to here a column is cut only when cutting the wider ones does not do."""
MOST_IN_BLOCK = 400
"""Characters of one value in a block."""
PLAN = ["explain_key", "explain_value"]

Row = Sequence[object]


def print_rows(out: Console, names: list[str], rows: Sequence[Row], *, more: bool = False) -> None:
    """Print query results, with nothing in a value that could steer the terminal."""
    if names == PLAN:
        _print_plan(out, rows)
        return
    cells = [[_shown(value) for value in row] for row in rows]
    widths = _widths(names, cells, out.width)
    if widths is None:
        _print_blocks(out, names, cells)
    else:
        _print_table(out, names, rows, cells, widths)
    count = f"{len(rows):,} row" + ("" if len(rows) == 1 else "s")
    out.print(f"first {count}; --limit N shows more" if more else count, style="dim")


def _print_table(
    out: Console, names: list[str], rows: Sequence[Row], cells: list[list[Text]], widths: list[int]
) -> None:
    numeric = [_numeric(rows, column) for column in range(len(names))]
    for row in cells:
        for cell, width in zip(row, widths, strict=True):
            cell.truncate(width, overflow="ellipsis")
    # Two columns of a query may have one name, so they are told apart by a number until they stand.
    table = listing({str(column): {} for column in range(len(names))}, cells)
    for column, name, width, right in zip(table.columns, names, widths, numeric, strict=True):
        column.header = shown(name, width)
        column.justify = "right" if right else "left"
        column.no_wrap = True
    out.print(table)


def _print_blocks(out: Console, names: list[str], cells: list[list[Text]]) -> None:
    for number, row in enumerate(cells, 1):
        out.print(f"row {number:,}", style="bold")
        for cell in row:
            cell.truncate(MOST_IN_BLOCK, overflow="ellipsis")
        out.print(grid(zip((shown(name) for name in names), row, strict=True)))


def _print_plan(out: Console, rows: Sequence[Row]) -> None:
    """Print the plan of EXPLAIN, a drawing of many lines."""
    for row in rows:
        for line in str(row[-1]).splitlines():
            out.print(line.rstrip(), soft_wrap=True)


def _widths(names: list[str], cells: list[list[Text]], width: int) -> list[int] | None:
    """Return how wide the columns are, the widest ones cut to fit; None where they cannot."""
    natural = [
        max([shown(name).cell_len, *(row[column].cell_len for row in cells)])
        for column, name in enumerate(names)
    ]
    room = width - GAP * (len(names) - 1)
    # Ids and moments are of no use cut, so they go last.
    return _cut(natural, room, WHOLE_WIDTH) or _cut(natural, room, LEAST_WIDTH)


def _cut(natural: list[int], room: int, whole: int) -> list[int] | None:
    """Return the widths brought down to one level; those up to `whole` stay."""
    least = [wanted if wanted <= whole else LEAST_WIDTH for wanted in natural]
    if sum(least) > room:
        return None
    level = max(natural, default=0)
    while (widths := _at_level(natural, least, level)) and sum(widths) > room:
        level -= 1
    return widths


def _at_level(natural: list[int], least: list[int], level: int) -> list[int]:
    return [max(low, min(wanted, level)) for wanted, low in zip(natural, least, strict=True)]


def _numeric(rows: Sequence[Row], column: int) -> bool:
    values = [row[column] for row in rows if row[column] is not None]
    return bool(values) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values
    )


def _shown(value: object) -> Text:
    if value is None:
        return Text("NULL", style="dim")
    if isinstance(value, bool):
        return Text(str(value).lower())
    if isinstance(value, list | dict | tuple):
        return shown(json.dumps(value, ensure_ascii=False, default=str))
    return shown(value if isinstance(value, str) else str(value))
