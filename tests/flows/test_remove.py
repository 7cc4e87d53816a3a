"""Removal on request: the rest is as if it had never come, and it stays out for ever."""

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
    return [{**row, "url": ADDRESS.format(row["id"])} for row in articles(count, seed=5)]


def removed(folder: Path, *texts: str) -> Removal:
    return remove(folder, Settings(), texts, "asked for")


def article(folder: Path, external_id: str) -> str:
    of = f"SELECT article_id FROM articles WHERE external_id = '{external_id}'"
    return str(value(folder, of))


def test_what_is_left_is_as_if_it_had_never_come(tmp_path: Path) -> None:
    given = rows(16)
    given += [copied(given[0], f"copy-{n}", url=ADDRESS.format(f"copy-{n}")) for n in (1, 2)]
    folder, other = tmp_path / "data", tmp_path / "other"
    ingest_rows(folder, given)
    chosen = (
        "SELECT external_id FROM articles JOIN duplicates AS d ON d.original_id = "
        "articles.article_id WHERE external_id NOT LIKE 'copy-%' LIMIT 1",
        "SELECT external_id FROM articles WHERE external_id = 'copy-1'",
        "SELECT external_id FROM articles JOIN stories USING (story_id) "
        "WHERE article_count = 1 LIMIT 1",
        "SELECT min(external_id) FROM articles JOIN stories USING (story_id) "
        "WHERE article_count = 2 AND copy_count = 0",
    )
    names = {str(value(folder, sql)) for sql in chosen}
    assert len(names) == 4
    removed(folder, *(article(folder, name) for name in sorted(names)))
    ingest_rows(other, [row for row in given if row["id"] not in names], "other.jsonl")
    assert partition(folder) == partition(other)
    assert copies(folder) == copies(other)
    counted = "SELECT count(*) FROM mentions"
    assert value(folder, counted) == value(other, counted)
    assert value(folder, "SELECT count(*) FROM stories WHERE title IS NULL") == 0


def test_a_copy_takes_the_place_of_its_original_and_the_story_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    given = rows(16)
    ingest_rows(folder, given)
    # A story of two reports; one gets a copy, and then goes.
    story, name = query(
        folder,
        "SELECT story_id, min(external_id) AS id FROM articles JOIN stories USING (story_id) "
        "WHERE article_count = 2 AND copy_count = 0 GROUP BY ALL ORDER BY ALL LIMIT 1",
    )[0].values()
    (row,) = (row for row in given if row["id"] == name)
    copy = copied(
        row,
        "copy",
        published_at=f"{row['published_at'][:10]}T23:59:59Z",
        url=ADDRESS.format("copy"),
    )
    ingest_rows(folder, [copy], "copy.jsonl")
    original = article(folder, name)
    done = removed(folder, original)
    (going,) = done.articles
    assert going["copies"] == [article(folder, "copy")]
    of = f"SELECT article_count, copy_count FROM stories WHERE story_id = '{story}'"
    assert query(folder, of) == [{"article_count": 2, "copy_count": 0}]
    run_ = query(folder, f"SELECT flow, status, inputs FROM runs WHERE run_id = '{done.run_id}'")
    assert run_ == [{"flow": "remove", "status": "completed", "inputs": [original]}]
    memberships = f"SELECT story_id FROM facts.story_members WHERE article_id = '{original}'"
    assert {"story_id": None} in query(folder, memberships)
    removed(folder, ADDRESS.format("copy"))
    told = f"SELECT event FROM story_history WHERE story_id = '{story}' ORDER BY commit_id"
    assert query(folder, told)[-1]["event"] in ("shrank", "merged")


AGAIN: dict[str, dict[str, Any]] = {
    "n0": {},
    "n1": {"id": "other", "source": "another-site"},
    "n2": {"url": "HTTPS://noticias.example:443/2024/n2?utm_source=x#top"},
    "n3": {"text": "Un texto del todo distinto sobre la cosecha de papas en la sierra."},
    "n4": {"url": "https://noticias.example/otra", "text": ""},  # but it says where it belongs
}


def test_it_stays_out_in_every_shape(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    given = rows(6)
    ingest_rows(folder, given)
    removed(folder, *(ADDRESS.format(name) for name in AGAIN))
    link = f'<link rel="canonical" href="{ADDRESS.format("n4")}">'
    html = f"<html><head>{link}</head><body><p>{given[4]['text']}</p></body></html>"
    shapes = [{**row, **AGAIN[row["id"]]} for row in given[:5]]
    report = run(
        folder, write_jsonl(tmp_path / "again.jsonl", [*shapes[:4], {**shapes[4], "html": html}])
    )
    assert statuses(folder, report.run_id) == {"removed": 5}
    assert query(folder, "SELECT external_id FROM articles") == [{"external_id": "n5"}]


def test_addresses_that_never_came_rejects_and_files_stay_out_too(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    here, unknown = "http://127.0.0.1:9/story", "http://127.0.0.1:9/other"
    text = write_text(tmp_path / "a.txt", rows(1)[0]["text"])
    empty = {"url": "https://noticias.example/vacío", "title": "Secreto", "html": "<p></p>"}
    lines = write_jsonl(tmp_path / "empty.jsonl", [empty])
    assert run(folder, text, lines, f"{here}?utm_source=x").statuses == {"new": 1, "rejected": 2}
    nonsense = {"nothing": "id or path", "https://noticias.example/": "front page",
                "https://": "no address"}  # fmt: skip
    for given, words in nonsense.items():
        with pytest.raises(UsageError, match=words):
            plan(folder, [given])
    everything = (str(text), here, "https://noticias.example/vac%C3%ADo", f"{unknown}?fbclid=1")
    assert len(removed(folder, *everything).articles) == 1
    assert query(folder, "FROM rejects") == []
    assert removed(folder, *everything).articles == []
    # The addresses would be rejected as blocked_address, had they been asked for.
    report = run(folder, text, f"{here}#part", unknown)
    assert statuses(folder, report.run_id) == {"removed": 3}
    assert query(folder, "FROM rejects") == []
    assert len(plan(folder, everything).removed_before) == 4
