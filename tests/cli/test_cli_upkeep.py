"""The commands that keep a warehouse in order: remove, replay, backfill."""

import json
from pathlib import Path

import pytest
from clicalls import call, refused
from news_texts import articles
from support import InlinePool, value, write_jsonl, write_text

REASON = ("--reason", "asked for")
FIRST, SECOND, THIRD = articles(3, seed=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that the backfill command has filled, from files one of which is broken."""
    place = tmp_path_factory.mktemp("upkeep")
    write_jsonl(place / "years" / "a.jsonl", [{**FIRST, "url": "https://noticias.example/1"}])
    write_text(place / "years" / "b.jsonl", json.dumps(SECOND) + "\n{broken\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.run.Pool", InlinePool)
        called = call("backfill", place / "years", "--direct", "--warehouse", place / "data")
    assert called.code == 1, called.err
    assert called.lines[1].startswith("Backfilled 3 items in ")
    return place / "data"


@pytest.mark.usefixtures("inline")
def test_replay_says_what_it_would_do_and_does_it(folder: Path) -> None:
    dry = call("replay", "--dry-run", "--warehouse", folder)
    assert dry.code == 0
    assert dry.lines[0] == "1 reject to replay"
    assert dry.lines[1].split() == ["1", "malformed", "read", "again", "from", "its", "file"]
    (line,) = json.loads(call("replay", "--dry-run", "--json", "--warehouse", folder).out)
    assert line == {
        "reason": "malformed", "way": "read again from its file", "tried": True, "rejects": 1,
    }  # fmt: skip
    assert call("replay", "--since", "2999-01-01", "--warehouse", folder).lines[0].startswith("0 ")
    assert "no_text" in refused(call("replay", "--reason", "nonsense", "--warehouse", folder))
    years = folder.parent / "years"
    write_jsonl(years / "b.jsonl", [SECOND, THIRD])
    called = call("replay", "--reason", "malformed", "--direct", "--warehouse", folder)
    assert called.code == 0, called.err
    assert called.lines[1].startswith("Replayed 1 item in ")
    assert "1 new" in called.out
    assert call("replay", "--warehouse", folder).lines[0] == "0 rejects to replay"


def test_remove_asks_and_shows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.remove.Pool", InlinePool)
    told = refused(call("remove", "nothing at all", *REASON, "--warehouse", folder))
    assert "whole http(s) address" in told
    assert "--reason" in refused(call("remove", "x", "--warehouse", folder))
    address = "https://noticias.example/1"
    asked = call("remove", address, *REASON, "--warehouse", folder)
    assert (asked.code, asked.lines[0]) == (2, "To remove: 1 article")
    assert FIRST["title"] in asked.lines[1]
    assert "--yes" in asked.err
    assert value(folder, f"SELECT count(*) FROM articles WHERE url = '{address}'") == 1
    unknown = "https://noticias.example/never"
    words = ("remove", address, unknown, *REASON, "--yes", "--warehouse", folder)
    done = call(*words)
    assert done.code == 0, done.err
    assert f"{unknown} is not here yet" in done.out
    assert done.lines[-1].startswith("Removed 1 article (run ")
    again = json.loads(call(*words, "--json").out)
    assert again["articles"] == []
    assert len(again["removed_before"]) == 2
    assert value(folder, "SELECT count(*) FROM articles") > 0


def test_nothing_is_made_where_there_is_no_warehouse(tmp_path: Path) -> None:
    for words in (["replay"], ["remove", "https://a.example/b", *REASON, "--yes"]):
        assert "no warehouse" in refused(call(*words, "--warehouse", tmp_path / "none"))
    assert not (tmp_path / "none").exists()
