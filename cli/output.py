"""What all commands share for speaking to a person or a program."""

import json
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any, TextIO, cast

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsloom.plain import one_line, printable
from newsloom.spans import span as span
from newsloom.spans import whole_span as whole_span

warehouse_option = click.option(
    "--warehouse",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    default=Path("data"),
    envvar="NEWSLOOM_WAREHOUSE",
    show_default=True,
    show_envvar=True,
    help="Folder of the warehouse.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")


WIDTH_WITHOUT_TERMINAL = 100
GAP = 2
"""Columns are this many blanks apart."""
LEAST_ROOM = 16
"""A text that is cut to fit its line keeps at least so many characters."""

_TRAILING_BLANKS = re.compile(r" +((?:\x1b\[[0-9;]*m)*)(?=\n|\Z)")
_STEERING = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class _Tidy:
    """A text file that drops the blanks at line ends; tables are padded with them."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        self._file.write(_TRAILING_BLANKS.sub(r"\1", text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class _Screen(Console):
    """A console that takes all text as it is, and leaves a broken pipe to the program's door."""

    def __init__(self, file: TextIO, width: int | None = None, *, wrap: bool = True) -> None:
        super().__init__(
            file=cast(IO[str], _Tidy(file)),
            width=width,
            markup=False,
            emoji=False,
            highlight=False,
            soft_wrap=not wrap,
        )

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console() -> Console:
    """Return a console on standard output, as wide as its terminal (100 columns without one)."""
    known = sys.stdout.isatty() or "COLUMNS" in os.environ
    return _Screen(sys.stdout, None if known else WIDTH_WITHOUT_TERMINAL)


def complain(message: str, hint: str = "") -> None:
    """Tell the user on standard error what is wrong and what to do."""
    errors = _Screen(sys.stderr, wrap=False)
    errors.print(Text.assemble(("newsloom: ", "bold red"), safe(message)))
    if hint:
        errors.print(Text(f"  {safe(hint)}"))


def safe(text: str) -> str:
    """Return text without anything that could steer a terminal; its lines stay as they are."""
    return "\n".join(printable(line) for line in text.split("\n"))


def shown(value: object, most: int = 0) -> Text:
    """Return a value as one safe line of text, cut to `most` characters."""
    if value is None:
        return Text("–", style="dim")
    if isinstance(value, datetime):
        return Text(f"{value:%Y-%m-%d %H:%M}")
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    text = one_line(str(value))
    return Text(text if not most or len(text) <= most else text[: most - 1].rstrip() + "…")


def fitted(
    rows: Iterable[Iterable[object]], column: int, width: int, headings: Iterable[str] = ()
) -> list[list[Text]]:
    """Return the rows with the text of one column cut, so that each fits a line of `width`."""
    cells = [[_cell(value) for value in row] for row in rows]
    heading = [Text(text) for text in headings]
    lines = [heading, *cells] if heading else cells
    widths = [max(cell.cell_len for cell in cells_) + GAP for cells_ in zip(*lines, strict=True)]
    for row in cells:
        room = width - sum(widths) + widths[column]
        row[column].truncate(max(room, LEAST_ROOM), overflow="ellipsis")
    return cells


def _cell(value: object) -> Text:
    return value if isinstance(value, Text) else shown(value)


def grid(rows: Iterable[Iterable[object]], *, indent: int = 2) -> Table:
    """Return an aligned block without lines: the first column dim."""
    table = Table.grid(padding=(0, GAP))
    for number, row in enumerate(rows):
        cells = [_cell(value) for value in row]
        if not number:
            table.add_column(style="dim", no_wrap=True)
            for _ in cells[1:]:
                table.add_column(overflow="fold")
        cells[0] = Text(" " * indent) + cells[0]
        table.add_row(*cells)
    return table


def listing(columns: dict[str, dict[str, Any]], rows: Iterable[Iterable[object]]) -> Table:
    """Return a table with a header; `columns` maps each heading to rich's column options."""
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for heading, options in columns.items():
        table.add_column(heading, **options)
    for row in rows:
        table.add_row(*map(_cell, row))
    return table


def print_json(value: Any) -> None:
    """Print a value as JSON with UTF-8 text, what could steer a terminal as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    click.echo(_STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if hasattr(value, "_asdict"):
        return value._asdict()
    if isinstance(value, set | tuple):
        return list(value)
    return str(value)


def program() -> str:
    """Return how the user can call this program again from here."""
    called = Path(sys.argv[0])
    if called.name != "newsloom" or any(
        Path(folder) == called.parent.absolute() for folder in os.get_exec_path()
    ):
        return "newsloom"
    try:
        return str(called.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(called)


def with_example(example: str) -> Callable[[Any], Any]:
    """Add an example to a command's help."""

    def decorate(function: Any) -> Any:
        function.__doc__ = f"{function.__doc__}\n\n    \b\n    Example:\n{_indented(example)}\n"
        return function

    return decorate


def _indented(example: str) -> str:
    return "\n".join(f"      {line}" for line in example.splitlines())


def command_warehouse(warehouse: Path) -> str:
    """Return the option that names this warehouse in a suggested command, if one is needed."""
    return "" if warehouse == Path("data") else f" --warehouse {shlex.quote(str(warehouse))}"
