"""newsloom sql: ad-hoc SQL over the published warehouse, and a small shell."""

import csv
import sys
from contextlib import suppress
from pathlib import Path

import click
import duckdb

from cli.output import (
    complain,
    console,
    listing,
    print_json,
    shown,
    warehouse_option,
    with_example,
)
from cli.rows import print_rows
from newsloom.errors import UsageError
from newsloom.plain import one_line, printable
from warehouse.published import Published
from warehouse.views import PUBLIC_VIEWS

MOST_ROWS = 200
_HELP = """\
End a statement with ; to run it.
  .views           the views, with their meaning
  .columns VIEW    a view's columns
  .quit            leave (or Ctrl-D)"""


@click.command("sql")
@click.argument("statement", required=False, metavar='["SELECT …"]')
@click.option("--json", "as_json", is_flag=True, help="Print the rows as a JSON list.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the rows as CSV.")
@click.option("--limit", type=click.IntRange(1), default=MOST_ROWS, show_default=True, metavar="N",
              help="Show at most so many rows on the screen; JSON and CSV have all.")  # fmt: skip
@warehouse_option
@with_example(
    'newsloom sql "SELECT name, article_count FROM entities ORDER BY 2 DESC"\n'
    'newsloom sql --csv "SELECT url, title FROM articles" > articles.csv\n'
    "newsloom sql   # a shell; .help lists its commands"
)
def command(statement: str | None, as_json: bool, as_csv: bool, limit: int, warehouse: Path) -> int:
    """Query the warehouse with DuckDB SQL, read-only. Without a statement: a shell.

    The views are described in docs/fields.md. The file DIR/news.duckdb opens in any DuckDB, too.
    """
    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other.", "Leave one of them out.")
    with Published(warehouse) as news:
        if statement is None and sys.stdin.isatty():
            _shell(news, limit)
            return 0
        text = _from_stdin() if statement is None or statement == "-" else statement
        try:
            _run(news, text, "json" if as_json else "csv" if as_csv else "screen", limit)
        except duckdb.Error as error:
            raise UsageError(
                f"DuckDB cannot run this: {error}", "The views and columns are in docs/fields.md."
            ) from error
    return 0


def _from_stdin() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise UsageError("Standard input is not UTF-8 text.", "Convert it first: iconv") from error


def _run(news: Published, text: str, form: str, limit: int) -> None:
    if form == "screen":
        _show(news, text, limit)
        return
    cursor, names = _executed(news, text)
    if form == "json":
        print_json([dict(zip(names, row, strict=True)) for row in cursor.fetchall()])
    else:
        _print_csv(names, cursor)


def _print_csv(names: list[str], cursor: duckdb.DuckDBPyConnection) -> None:
    # On a screen nothing in a value may steer it; a file or a pipe gets the values as they are.
    screen = sys.stdout.isatty()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    while rows := cursor.fetchmany(1000):
        writer.writerows([_harmless(row) for row in rows] if screen else rows)


def _harmless(row: tuple[object, ...]) -> list[object]:
    return [printable(value) if isinstance(value, str) else value for value in row]


def _show(news: Published, text: str, limit: int) -> None:
    cursor, names = _executed(news, text)
    rows = cursor.fetchmany(limit + 1)
    print_rows(console(), names, rows[:limit], more=len(rows) > limit)


def _executed(news: Published, text: str) -> tuple[duckdb.DuckDBPyConnection, list[str]]:
    # Annotated as never None, but a text without a statement gives None.
    cursor: duckdb.DuckDBPyConnection | None = news.connection.execute(text)
    if cursor is None:
        raise UsageError("There is no SQL statement.", "Try: newsloom sql 'SELECT * FROM runs'")
    return cursor, [column[0] for column in cursor.description or ()]


def _shell(news: Published, limit: int) -> None:
    """Read statements until the end of input; Ctrl-C drops the one being typed."""
    with suppress(ImportError):
        import readline  # noqa: F401 - gives input() line editing and history
    out = console()
    out.print(shown(f"{news.path}, read-only. .help lists the commands."), style="dim")
    buffer = ""
    while True:
        try:
            line = input("    ...> " if buffer else "newsloom> ")
        except EOFError:
            out.print()
            return
        except KeyboardInterrupt:
            out.print()
            buffer = ""
            continue
        if not buffer and line.strip() in (".quit", ".exit"):
            return
        if not buffer and line.strip().startswith("."):
            _dot(line.strip())
            continue
        buffer += line + "\n"
        if buffer.rstrip().endswith(";"):
            _try(news, buffer, limit)
            buffer = ""
        elif not buffer.strip():
            buffer = ""


def _try(news: Published, text: str, limit: int) -> None:
    try:
        _run(news, text, "screen", limit)
    except (duckdb.Error, UsageError) as error:
        complain(str(error))
    except KeyboardInterrupt:
        news.connection.interrupt()
        complain("Stopped.")


def _dot(line: str) -> None:
    out = console()
    words = line.split()
    views = {view.name: view for view in PUBLIC_VIEWS}
    if words[0] == ".views":
        out.print(listing({"VIEW": {}, "MEANING": {}}, ((v.name, v.meaning) for v in PUBLIC_VIEWS)))
    elif words[0] == ".columns" and len(words) == 2 and words[1] in views:
        columns = views[words[1]].columns
        out.print(listing({"COLUMN": {}, "TYPE": {}, "MEANING": {}}, columns))
    elif words[0] == ".columns":
        complain(f"Which view? One of: {', '.join(views)}.")
    else:
        if words[0] != ".help":
            complain(f"There is no {one_line(words[0])}.")
        out.print(_HELP)
