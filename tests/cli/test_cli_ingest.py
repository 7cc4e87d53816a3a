"""newsloom ingest: exit codes, the report on the screen, and the one in JSON."""

import json
from pathlib import Path

import pytest
from clicalls import call
from news_texts import articles
from support import write_jsonl, write_text

pytestmark = pytest.mark.usefixtures("inline")

TEXT = str(articles(1)[0]["text"])


def test_everything_used_is_exit_code_0(tmp_path: Path) -> None:
    given = write_jsonl(tmp_path / "rows.jsonl", articles(6))
    called = call("ingest", given, "--warehouse", tmp_path / "data")
    assert called.code == 0
    assert "Ingested 6 items in" in called.out
    assert "6 new   0 revised   0 unchanged   0 rejected   0 removed" in called.out
    assert "Running directly" in called.err
    assert "newsloom up" in called.err


def test_a_reject_is_exit_code_1_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = write_text(tmp_path / "in" / "good.txt", TEXT)
    called = call("ingest", good, tmp_path / "gone.txt", "--warehouse", tmp_path / "data")
    assert called.code == 1
    assert "1 new   0 revised   0 unchanged   1 rejected   0 removed" in called.out
    assert f"{tmp_path / 'gone.txt'}  not_found" in called.out


def test_nothing_used_at_all_is_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    called = call("ingest", tmp_path / "empty", "--warehouse", tmp_path / "data")
    assert called.code == 1
    assert "nothing_usable" in called.out


def test_the_json_report_accounts_for_every_item(tmp_path: Path) -> None:
    write_text(tmp_path / "in" / "good.txt", TEXT)
    write_text(tmp_path / "in" / "bad.jsonl", "{")
    called = call("ingest", tmp_path / "in", "--json", "--warehouse", tmp_path / "data")
    assert called.code == 1
    report = json.loads(called.out)
    assert report["status"] == "completed"
    assert report["statuses"] == {"new": 1, "rejected": 1}
    assert report["reasons"] == {"malformed": 1}
    assert report["items_found"] == sum(report["statuses"].values())
    assert report["unaccounted"] == 0
    assert called.err == ""


def test_many_rejects_are_summed_up_by_reason(tmp_path: Path) -> None:
    for number in range(12):
        write_text(tmp_path / "in" / f"{number}.txt", "" if number % 3 else "\x00\x01\x02" * 50)
    called = call("ingest", tmp_path / "in", "--warehouse", tmp_path / "data")
    assert called.code == 1
    assert "… and 4 more. By reason:" in called.out
    assert "8 empty" in called.out
    assert "4 binary" in called.out


def test_standard_input_and_the_source_that_is_named(tmp_path: Path) -> None:
    data = tmp_path / "data"
    called = call("ingest", "-", "--source", "wire", "--warehouse", data, stdin=TEXT)
    assert called.code == 0
    found = call("sql", "--json", "SELECT source, locator FROM articles", "--warehouse", data)
    assert json.loads(found.out) == [{"source": "wire", "locator": "-"}]


def test_the_warehouse_can_be_named_in_the_environment(tmp_path: Path) -> None:
    given = write_text(tmp_path / "one.txt", TEXT)
    folder = str(tmp_path / "elsewhere")
    assert call("ingest", given, NEWSLOOM_WAREHOUSE=folder).code == 0
    assert (tmp_path / "elsewhere" / "news.duckdb").is_file()
    assert call("status", NEWSLOOM_WAREHOUSE=folder).code == 0


def test_the_commands_to_try_next_work(tmp_path: Path) -> None:
    given = write_jsonl(tmp_path / "rows.jsonl", articles(12))
    data = tmp_path / "data"
    called = call("ingest", given, "--warehouse", data)
    lines = called.lines[called.lines.index("Try next") + 1 :]
    assert len(lines) == 3
    assert lines[0].startswith("  newsloom explain")
    for line in lines:
        words, _, statement = line.partition('"')
        arguments = [*words.split()[1:], *([statement.rstrip('"')] if statement else [])]
        assert call(*arguments).code == 0


@pytest.mark.parametrize("columns", [80, 120])
def test_the_report_fits_the_terminal(tmp_path: Path, columns: int) -> None:
    given = write_jsonl(tmp_path / "rows.jsonl", articles(20))
    called = call("ingest", given, "--warehouse", tmp_path / "data", columns=columns)
    report = called.out.split("Warehouse")[0].splitlines()
    assert all(len(line) <= columns for line in report), called.out
    assert all(line == line.rstrip() for line in called.lines)
