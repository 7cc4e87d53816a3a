"""newsloom sql: the screen, JSON, CSV, standard input, and the shell on a real terminal."""

import csv
import io
import json
import os
import pty
import select
import signal
import subprocess
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from clicalls import call
from support import COMMAND, ROOT, clean_environment

TWO = "SELECT * FROM (VALUES (1, 'one', [1]), (2, NULL, NULL)) AS t(number, word, list)"


def test_the_screen_shows_a_table(seeded: Path) -> None:
    called = call("sql", TWO, "--warehouse", seeded)
    assert called.lines == [
        "number  word  list",
        "     1  one   [1]",
        "     2  NULL  NULL",
        "2 rows",
    ]


def test_json_gives_typed_values(seeded: Path) -> None:
    called = call("sql", "--json", TWO, "--warehouse", seeded)
    first, second = json.loads(called.out)
    assert first == {"number": 1, "word": "one", "list": [1]}
    assert second == {"number": 2, "word": None, "list": None}


def test_moments_in_json_say_that_they_are_utc(seeded: Path) -> None:
    called = call("sql", "--json", "SELECT TIMESTAMP '2024-02-03 04:05:06' AS at",
                  "--warehouse", seeded)  # fmt: skip
    assert json.loads(called.out) == [{"at": "2024-02-03T04:05:06Z"}]


def test_csv_survives_commas_quotes_and_line_ends(seeded: Path) -> None:
    statement = "SELECT 'a,b' AS x, 'say \"hi\"' AS y, 'two' || chr(10) || 'lines' AS z"
    called = call("sql", "--csv", statement, "--warehouse", seeded)
    assert "\r" not in called.out
    rows = list(csv.reader(io.StringIO(called.out)))
    assert rows == [["x", "y", "z"], ["a,b", 'say "hi"', "two\nlines"]]


def test_csv_and_json_have_all_rows_the_screen_has_the_first(seeded: Path) -> None:
    statement = "SELECT range AS n FROM range(500)"
    assert len(call("sql", "--csv", statement, "--warehouse", seeded).lines) == 501
    assert len(json.loads(call("sql", "--json", statement, "--warehouse", seeded).out)) == 500
    screen = call("sql", "--limit", "3", statement, "--warehouse", seeded).lines
    assert screen == ["n", "0", "1", "2", "first 3 rows; --limit N shows more"]


def test_many_columns_become_blocks(seeded: Path) -> None:
    called = call("sql", "SELECT * FROM articles", "--warehouse", seeded)
    assert called.lines[0] == "row 1"
    for column in ("article_id", "first_seen_at", "text", "run_id"):
        assert f"\n  {column} " in called.out
    assert called.lines[-1] == "2 rows"


def test_columns_of_one_name_are_all_shown(seeded: Path) -> None:
    called = call("sql", "SELECT 1 AS a, 2 AS a", "--warehouse", seeded)
    assert called.lines[:2] == ["a  a", "1  2"]


def test_no_rows_are_said(seeded: Path) -> None:
    called = call("sql", "SELECT 1 AS a WHERE false", "--warehouse", seeded)
    assert called.lines == ["a", "0 rows"]


def test_a_plan_is_drawn(seeded: Path) -> None:
    called = call("sql", "EXPLAIN SELECT 1", "--warehouse", seeded)
    assert "PROJECTION" in called.out
    assert "│\n" in called.out


@pytest.mark.parametrize("argument", [[], ["-"]], ids=["nothing", "dash"])
def test_a_statement_comes_from_standard_input(seeded: Path, argument: list[str]) -> None:
    called = call("sql", *argument, "--json", "--warehouse", seeded, stdin="SELECT 7\nAS n;\n")
    assert json.loads(called.out) == [{"n": 7}]


def test_the_warehouse_cannot_be_written(seeded: Path) -> None:
    assert call("sql", "DROP VIEW articles", "--warehouse", seeded).code == 2
    assert call("sql", "FROM articles", "--warehouse", seeded).code == 0


def test_a_reader_that_has_enough_ends_it_in_silence(seeded: Path) -> None:
    # More than a pipe holds, so that writing goes on after the reader has gone.
    many = "SELECT repeat('x', 1000) AS x FROM range(2000)"
    for form in (["--csv"], ["--json"], ["--limit", "2000"]):
        command = [*COMMAND, "sql", *form, many, "--warehouse", str(seeded)]
        with subprocess.Popen(
            command, cwd=ROOT, env=clean_environment(), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b"", form
            assert process.wait(60) == 0, form


def _log_in(terminal: int) -> None:
    """Give a process a terminal of its own, and Ctrl-C, which jobs in the background do without."""
    os.login_tty(terminal)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class _Shell:
    """The shell of `newsloom sql` on a terminal of its own."""

    PROMPT = "newsloom> "

    def __init__(self, warehouse: Path) -> None:
        self._master, terminal = pty.openpty()
        self.process = subprocess.Popen(
            [*COMMAND, "sql", "--warehouse", str(warehouse)],
            cwd=ROOT, env=clean_environment(COLUMNS="100", TERM="dumb", NO_COLOR="1"),
            preexec_fn=partial(_log_in, terminal),
        )  # fmt: skip
        os.close(terminal)

    def until(self, prompt: str = PROMPT) -> str:
        """Return what is printed until a prompt waits for input."""
        seen = ""
        while not seen.endswith(prompt):
            assert select.select([self._master], [], [], 60)[0], seen
            seen += os.read(self._master, 65536).decode("utf-8", "replace")
        return seen.replace("\r\n", "\n")

    def say(self, line: str) -> None:
        os.write(self._master, line.encode())

    def interrupt(self) -> None:
        """Press Ctrl-C until a new prompt comes: just before the wait for input it is not seen."""
        for _ in range(60):
            self.say("\x03")
            if select.select([self._master], [], [], 1)[0]:
                break
        self.until()

    def end(self, word: str) -> int:
        """Say that it is enough, until it is heard: a late Ctrl-C takes typed words with it."""
        try:
            for _ in range(12):
                self.say(word)
                with suppress(subprocess.TimeoutExpired):
                    return self.process.wait(5)
            raise AssertionError("The shell does not end.")
        finally:
            self.process.kill()
            self.process.wait()
            os.close(self._master)


def test_the_shell(seeded: Path) -> None:
    shell = _Shell(seeded)
    try:
        assert ".help" in shell.until()
        shell.say(".views\n")
        assert "story_links" in shell.until()
        shell.say(".columns articles\n")
        columns = shell.until()
        assert "canonical_url" in columns
        assert "TIMESTAMP" in columns
        shell.say(".columns nothing\n")
        assert "Which view? One of: articles" in shell.until()
        shell.say("SELECT count(*) AS n\n")
        shell.until("...> ")
        shell.say("FROM articles;\n")
        assert "n\n2\n1 row" in shell.until()
        shell.say("SELECT nothing;\n")
        assert "Binder Error" in shell.until()
        shell.say(".nonsense\n")
        assert "There is no .nonsense" in shell.until()
        shell.say("SELECT 1\n")
        shell.until("...> ")
        shell.interrupt()
    finally:
        code = shell.end(".quit\n")
    assert code == 0


def test_the_shell_ends_with_the_input(seeded: Path) -> None:
    shell = _Shell(seeded)
    try:
        shell.until()
    finally:
        code = shell.end("\x04")
    assert code == 0
