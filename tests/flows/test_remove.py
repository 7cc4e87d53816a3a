"""Removal on request: what goes, what stays as if it had never come, and what stays out for ever."""

from pathlib import Path
from typing import Any

import pytest
from news_texts import Row, articles, copied
from support import (
    copies,
    ingest_rows,
    partition,
    query,
    run,
    statuses,
    value,
    write_jsonl,
    write_text,
)

from flows.remove import Removal, plan, remove
from newsloom.errors import UsageError
from newsloom.settings import Settings

pytestmark = pytest.mark.usefixtures("inline", "inline_removal")
ADDRESS = "https://noticias.example/2024/{}"


@pytest.fixture
def inline_removal(monkeypatch: pytest.MonkeyPatch) -> None:
    from support import InlinePool

    monkeypatch.setattr("flows.remove.Pool", InlinePool)


def rows(count: int = 12) -> list[Row]:
    return [
        {**row, "url": ADDRESS.format(row["id"])} for row in articles(count, seed=5)
    ]


def removed(folder: Path, *texts: str) -> Removal:
    return remove(folder, Settings(), texts, "asked for")


def article(folder: Path, external_id: str) -> str:
    of = f"SELECT article_id FROM articles WHERE external_id = '{external_id}'"
    return str(value(folder, of))


@pytest.mark.parametrize("gone", ["original", "copy", "single", "partner"])
def test_what_is_left_is_as_if_it_had_never_come(tmp_path: Path, gone: str) -> None:
    given = rows(16)
    given += [copied(given[0], "copy-1"), copied(given[0], "copy-2")]
    for number in (1, 2):
        given[-number]["published_at"] = f"2024-04-0{number}"
        given[-number]["url"] = ADDRESS.format(f"copy-{number}")
    ingest_rows(tmp_path / "data", given)
    chosen = {
        "original": "SELECT external_id FROM articles JOIN duplicates AS d "
        "ON d.original_id = articles.article_id LIMIT 1",
        "copy": "SELECT external_id FROM articles WHERE duplicate_of IS NOT NULL LIMIT 1",
        "single": "SELECT external_id FROM articles JOIN stories USING (story_id) "
        "WHERE article_count = 1 LIMIT 1",
        "partner": "SELECT external_id FROM articles JOIN stories USING (story_id) "
        "WHERE article_count - copy_count > 1 LIMIT 1",
    }
    name = str(value(tmp_path / "data", chosen[gone]))
    removed(tmp_path / "data", article(tmp_path / "data", name))
    ingest_rows(tmp_path / "other", [row for row in given if row["id"] != name], "other.jsonl")
    assert partition(tmp_path / "data") == partition(tmp_path / "other")
    assert copies(tmp_path / "data") == copies(tmp_path / "other")
    counted = "SELECT count(*) FROM mentions"
    assert value(tmp_path / "data", counted) == value(tmp_path / "other", counted)
    assert value(tmp_path / "data", "SELECT count(*) FROM stories WHERE title IS NULL") == 0


def test_the_story_goes_on_under_its_id_and_says_that_it_shrank(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = rows(1)[0]
    later = [
        {**first, "id": f"n{n}", "url": ADDRESS.format(f"n{n}"), "source": f"s{n}",
         "text": f"{first['text']} Lo cuenta también {'ABCDE'[n]} desde otra ciudad."}
        for n in range(1, 3)
    ]  # fmt: skip
    ingest_rows(folder, [first, *later])
    story = value(folder, "SELECT DISTINCT story_id FROM articles")
    original = value(folder, "SELECT DISTINCT duplicate_of FROM articles WHERE duplicate_of > ''")
    done = removed(folder, str(original))
    assert [row["article_id"] for row in done.articles] == [original]
    assert len(done.articles[0]["copies"]) == 2
    assert value(folder, "SELECT DISTINCT story_id FROM articles") == story
    assert value(folder, "SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL") == 1
    run_ = query(folder, f"SELECT flow, status, inputs FROM runs WHERE run_id = '{done.run_id}'")
    assert run_ == [{"flow": "remove", "status": "completed", "inputs": [original]}]
    memberships = f"SELECT story_id FROM facts.story_members WHERE article_id = '{original}'"
    assert {"story_id": None} in query(folder, memberships)


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"id": "other", "source": "another-site"},
        {"url": "HTTPS://noticias.example:443/2024/n0?utm_source=x#top"},
        {"text": "Un texto del todo distinto sobre la cosecha de papas en la sierra."},
        {"url": "https://noticias.example/otra", "html": None},
    ],
    ids=["same", "another id", "another spelling", "another text", "another address"],
)
def test_it_stays_out_in_every_shape(tmp_path: Path, again: dict[str, Any]) -> None:
    folder = tmp_path / "data"
    given = rows(3)
    ingest_rows(folder, given)
    removed(folder, ADDRESS.format("n0"))
    assert value(folder, "SELECT count(*) FROM articles") == 2
    row = {**given[0], **again}
    if "html" in again:  # found elsewhere, but it says where it belongs
        link = f'<link rel="canonical" href="{ADDRESS.format("n0")}">'
        row["html"] = f"<html><head>{link}</head><body><p>{given[0]['text']}</p></body></html>"
        row["text"] = ""
    report = run(folder, write_jsonl(tmp_path / "again.jsonl", [row]))
    assert report.statuses == {"removed": 1}
    assert value(folder, "SELECT count(*) FROM articles") == 2
    assert statuses(folder, report.run_id) == {"removed": 1}


def test_an_address_that_never_came_stays_out_too_and_is_not_even_fetched(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    ingest_rows(folder, rows(1))
    unknown = "http://127.0.0.1:9/story?utm_source=feed"
    done = removed(folder, unknown)
    assert done.articles == []
    report = run(folder, "http://127.0.0.1:9/story#part")
    assert report.statuses == {"removed": 1}  # blocked_address, had it been asked for
    assert value(folder, "SELECT count(*) FROM rejects") == 0
    assert plan(folder, [unknown]).removed_before


def test_what_was_rejected_at_its_address_is_hidden(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    address = "http://127.0.0.1:9/story"
    ingest_rows(folder, rows(1))
    assert run(folder, f"{address}?utm_source=x").statuses == {"rejected": 1}
    empty = {"url": "https://noticias.example/vacío", "title": "Secreto", "html": "<p></p>"}
    ingest_rows(folder, [empty], "empty.jsonl")
    assert value(folder, "SELECT count(*) FROM rejects") == 2
    removed(folder, address, "https://noticias.example/vac%C3%ADo")
    assert query(folder, "FROM rejects") == []


def test_removing_twice_and_by_path_is_fine_and_nonsense_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    text = write_text(tmp_path / "a.txt", rows(1)[0]["text"])
    run(folder, text)
    assert len(removed(folder, str(text)).articles) == 1
    assert removed(folder, str(text)).articles == []
    assert run(folder, text).statuses == {"removed": 1}
    for nonsense, words in (
        ("nothing", "id or path"),
        ("https://noticias.example/", "front page"),
        ("https://", "no address"),
    ):
        with pytest.raises(UsageError, match=words):
            plan(folder, [nonsense])
    assert value(folder, "SELECT sum(items_unaccounted) FROM runs") == 0
