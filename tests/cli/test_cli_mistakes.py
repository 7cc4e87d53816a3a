"""A user's mistake ends with exit code 2 and a message that names the next step."""

from pathlib import Path

import pytest
from clicalls import call, refused
from support import cli


def test_an_unknown_command_is_refused() -> None:
    assert "--help" in refused(call("ingets"))


def test_an_unknown_option_is_refused() -> None:
    assert "newsloom stories --help" in refused(call("stories", "--newest"))


def test_ingest_wants_an_input() -> None:
    assert "newsloom ingest --help" in refused(call("ingest"))


READERS = (["stories"], ["story", "s12345"], ["explain", "a", "b"], ["trace", "x.txt"],
           ["sql", "SELECT 1"], ["status"])  # fmt: skip


@pytest.mark.parametrize("command", READERS, ids=lambda words: words[0])
def test_a_folder_without_a_warehouse_is_told(tmp_path: Path, command: list[str]) -> None:
    message = refused(call(*command, "--warehouse", tmp_path / "none"))
    assert str(tmp_path / "none") in message
    assert "newsloom ingest" in message
    assert "--warehouse" in message
    assert not (tmp_path / "none").exists()


def test_a_file_is_no_warehouse(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    assert "is a file" in refused(call("stories", "--warehouse", file))


def test_a_damaged_published_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "news.duckdb").write_bytes(b"no database" * 1000)
    assert "newsloom ingest" in refused(call("status", "--warehouse", tmp_path))


@pytest.mark.parametrize("named", ["nowhere.txt", "https://example.org/never", "a0000000"])
def test_an_input_that_was_never_ingested_is_told(seeded: Path, named: str) -> None:
    message = refused(call("trace", named, "--warehouse", seeded))
    assert named in message
    assert "newsloom sql" in message


def test_an_unknown_story_is_told(seeded: Path) -> None:
    assert "newsloom stories" in refused(call("story", "s00000", "--warehouse", seeded))


def test_a_start_of_an_id_must_name_one_article(seeded: Path, articles: tuple[str, str]) -> None:
    first, second = articles
    shared = next(n for n in range(1, 22) if first[:n] != second[:n]) - 1
    message = refused(call("explain", "nothing", first, "--warehouse", seeded))
    assert "newsloom sql" in message
    if shared >= 3:
        assert "Give more of the id" in refused(
            call("explain", first[:shared], second, "--warehouse", seeded)
        )


def test_an_article_is_not_explained_with_itself(seeded: Path, articles: tuple[str, str]) -> None:
    message = refused(call("explain", articles[0], articles[0][:9], "--warehouse", seeded))
    assert "Name two different ones" in message


@pytest.mark.parametrize("statement", ["SELECT nothing FROM articles", "SELEC 1", "DELETE FROM x",
                                       "CREATE TABLE x (y INTEGER)", "SELECT 1 / 'a'"])  # fmt: skip
@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]], ids=["screen", "json", "csv"])
def test_bad_sql_is_told(seeded: Path, statement: str, form: list[str]) -> None:
    assert "docs/fields.md" in refused(call("sql", *form, statement, "--warehouse", seeded))


@pytest.mark.parametrize("statement", ["", ";", "-- nothing"])
def test_no_sql_at_all_is_told(seeded: Path, statement: str) -> None:
    assert "newsloom sql" in refused(call("sql", statement, "--warehouse", seeded))


def test_the_place_of_an_sql_error_is_pointed_at(seeded: Path) -> None:
    lines = call("sql", "SELECT nothing FROM articles", "--warehouse", seeded).err.splitlines()
    row = next(n for n, line in enumerate(lines) if line.startswith("LINE 1:"))
    assert lines[row + 1].index("^") == lines[row].index("nothing")


def test_two_forms_of_sql_output_exclude_each_other(seeded: Path) -> None:
    message = refused(call("sql", "--json", "--csv", "SELECT 1", "--warehouse", seeded))
    assert "Leave one of them out" in message


def test_tracked_and_direct_exclude_each_other(tmp_path: Path) -> None:
    message = refused(call("ingest", "seeds/", "--tracked", "--direct", "--warehouse", tmp_path))
    assert "Leave one of them out" in message
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("since", ["yesterday", "7", "d7", "-3h", "1.5h", "99999999d", "7 days"])
def test_a_bad_time_is_told(seeded: Path, since: str) -> None:
    message = refused(call("stories", f"--since={since}", "--warehouse", seeded))
    assert "90m, 24h, 7d or 2w" in message


@pytest.mark.parametrize("option", ["--limit=0", "--least=0", "--sort=colour", "--limit=many"])
def test_a_bad_option_is_told(seeded: Path, option: str) -> None:
    assert "newsloom stories --help" in refused(call("stories", option, "--warehouse", seeded))


SETTINGS = {
    "[ingest]\nbatch = 5": "batch_size",
    "[crawl]\nx = 1": "fetch",
    "[ingest]\nbatch_size = 'many'": "a whole number",
    "[ingest": "cannot be read",
    "ingest = 3": "must be a section",
}


@pytest.mark.parametrize("text", SETTINGS)
def test_a_bad_settings_file_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(text)
    message = refused(call("ingest", "seeds/", "--settings", file, "--warehouse", tmp_path / "w"))
    assert SETTINGS[text] in message
    assert not (tmp_path / "w").exists()


def test_a_settings_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    absent = tmp_path / "absent.toml"
    message = refused(call("ingest", "seeds/", "--settings", absent, "--warehouse", tmp_path))
    assert str(absent) in message


@pytest.mark.parametrize("value", ["many", "-1", "", "nan"])
def test_a_bad_variable_is_told(tmp_path: Path, value: str) -> None:
    message = refused(
        call("ingest", "seeds/", "--warehouse", tmp_path, NEWSLOOM_INGEST_BATCH_SIZE=value)
    )
    assert "NEWSLOOM_INGEST_BATCH_SIZE" in message


def test_an_orchestrator_that_does_not_answer_is_told(tmp_path: Path) -> None:
    nobody = "http://127.0.0.1:9/api"
    message = refused(call("ingest", "seeds/", "--warehouse", tmp_path, PREFECT_API_URL=nobody))
    assert nobody in message
    assert "--direct" in message


def test_a_message_takes_hostile_arguments_as_they_are(seeded: Path) -> None:
    message = refused(call("trace", "[red]\x1b[31m\u202e", "--warehouse", seeded))
    assert "[red]" in message
    assert "\x1b" not in message
    assert "\u202e" not in message


def test_the_program_itself_exits_with_the_code_and_no_traceback(tmp_path: Path) -> None:
    done = cli("story", "s12345", "--warehouse", tmp_path / "none")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("newsloom: There is no warehouse in ")
    assert "Traceback" not in done.stderr


def test_a_defect_is_told_apart_from_a_mistake(
    seeded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*anything: object, **more: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr("warehouse.published.Published.rows", broken)
    called = call("stories", "--warehouse", seeded)
    assert called.code == 70
    assert "ZeroDivisionError: on purpose" in called.err
    assert "NEWSLOOM_DEBUG=1" in called.err
    assert "Traceback" not in called.err
    with pytest.raises(ZeroDivisionError):
        call("stories", "--warehouse", seeded, NEWSLOOM_DEBUG="1")
