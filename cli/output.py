"""What all commands share for speaking to a person or a program."""

import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsloom.plain import one_line

warehouse_option = click.option(
    "--warehouse",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    envvar="NEWSLOOM_WAREHOUSE",
    show_default=True,
    show_envvar=True,
    help="Folder of the warehouse.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")


def console() -> Console:
    """Return a console on standard output, as wide as its terminal (100 columns without one)."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 100
    return Console(width=width, highlight=False, soft_wrap=False)


def complain(message: str, hint: str = "") -> None:
    """Tell the user on standard error what is wrong and what to do."""
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    errors.print(Text.assemble(("newsloom: ", "bold red"), safe(message)))
    if hint:
        errors.print(Text(f"  {safe(hint)}"))


def safe(text: str) -> str:
    """Return text from the news without anything that could steer a terminal."""
    return "\n".join(one_line(line) for line in text.split("\n"))


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


def grid(rows: Iterable[Iterable[object]], *, indent: int = 2) -> Table:
    """Return an aligned block without lines: the first column dim."""
    table = Table.grid(padding=(0, 2))
    for number, row in enumerate(rows):
        cells = [cell if isinstance(cell, Text) else shown(cell) for cell in row]
        if not number:
            table.add_column(style="dim", no_wrap=True)
            for _ in cells[1:]:
                table.add_column(overflow="fold")
        cells[0] = Text(" " * indent) + cells[0]
        table.add_row(*cells)
    return table


def listing(columns: dict[str, dict[str, Any]], rows: Iterable[Iterable[object]]) -> Table:
    """Return a table with a header; `columns` maps each heading to rich's column options."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for heading, options in columns.items():
        table.add_column(heading, **options)
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else shown(cell) for cell in row))
    return table


def print_json(value: Any) -> None:
    """Print a value as JSON with UTF-8 text."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


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


def span(seconds: float) -> str:
    """Return a duration for a person: '4.2 s', '3 min 20 s', '2 h 5 min'."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def command_warehouse(warehouse: Path) -> str:
    """Return the option that names this warehouse in a suggested command, if one is needed."""
    return "" if warehouse == Path("data") else f" --warehouse {warehouse}"
