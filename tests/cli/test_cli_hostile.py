"""Nothing in the news, its headlines, sources or paths, can steer the terminal."""

import json
from pathlib import Path

import pytest
from clicalls import call
from hostile_news import MARKUP, TITLES, assert_harmless, rows
from support import query, write_jsonl, write_text

pytestmark = pytest.mark.usefixtures("inline")


@pytest.fixture(scope="session")
def stories(hostile: Path) -> list[str]:
    found = query(hostile, "SELECT story_id FROM stories WHERE article_count > 1 ORDER BY ALL")
    assert len(found) > 2
    return [row["story_id"] for row in found]


def test_the_ingest_report_is_harmless(tmp_path: Path) -> None:
    given = write_jsonl(tmp_path / "evil[bold]\x1b[31m.jsonl", rows())
    absent = tmp_path / "gone\x1b[2J[red]\u202e.txt"
    bad = write_text(tmp_path / "bad\x1b]0;x\x07.txt", "\x00\x01" * 99)
    called = call("ingest", given, absent, bad, "--warehouse", tmp_path / "data")
    assert called.code == 1
    assert_harmless(called.out)
    assert_harmless(called.err)
    assert "[red]" in called.out


def test_stories_and_each_story_are_harmless(hostile: Path, stories: list[str]) -> None:
    shown = call("stories", "--limit", "100", "--warehouse", hostile, columns=200).out
    for story in stories:
        shown += call("story", story, "--warehouse", hostile, columns=200).out
    assert_harmless(shown)
    assert MARKUP in shown
    assert ":skull:" in shown


def test_every_headline_is_traced_without_harm(hostile: Path) -> None:
    found = query(hostile, "SELECT article_id FROM articles")
    assert len(found) >= len(TITLES)
    shown = ""
    for row in found:
        called = call("trace", row["article_id"], "--warehouse", hostile, columns=200)
        assert called.code == 0
        shown += called.out
    assert_harmless(shown)
    assert MARKUP in shown


def test_explain_is_harmless(hostile: Path, stories: list[str]) -> None:
    found = query(hostile, "SELECT story_id, list(article_id) AS ids FROM articles GROUP BY ALL")
    ids = {row["story_id"]: row["ids"] for row in found}
    for story in stories:
        called = call("explain", *ids[story][:2], "--warehouse", hostile)
        assert called.code == 0, called.err
        assert_harmless(called.out)


STATEMENTS = (
    "SELECT * FROM articles",
    "SELECT title, source, authors FROM articles",
    'SELECT locator AS "\x1b[31m" FROM items',
)


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("columns", [80, 200])
def test_sql_is_harmless(hostile: Path, statement: str, columns: int) -> None:
    called = call("sql", statement, "--warehouse", hostile, columns=columns)
    assert called.code == 0, called.err
    assert_harmless(called.out)


def test_json_is_harmless_and_keeps_every_character(hostile: Path) -> None:
    called = call("sql", "--json", "SELECT title FROM articles", "--warehouse", hostile)
    assert_harmless(called.out)
    stored = {row["title"] for row in query(hostile, "SELECT title FROM articles")}
    assert {row["title"] for row in json.loads(called.out)} == stored


def test_steering_characters_survive_in_json(seeded: Path) -> None:
    text = "a\x1b\x7f\x9b\u202e\u2066\u2028b"
    statement = "SELECT " + " || ".join(f"chr({ord(char)})" for char in text) + " AS x"
    called = call("sql", "--json", statement, "--warehouse", seeded)
    assert_harmless(called.out)
    assert json.loads(called.out) == [{"x": text}]
