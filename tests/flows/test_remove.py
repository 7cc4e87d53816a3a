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


def rows(count: int, seed: int = 5) -> list[Row]:
    return [{**row, "url": ADDRESS.format(row["id"])} for row in articles(count, seed)]


def removed(folder: Path, *texts: str) -> Removal:
    return remove(folder, Settings(), texts, "asked for")


def article(folder: Path, external_id: str) -> str:
    of = f"SELECT article_id FROM articles WHERE external_id = '{external_id}'"
    return str(value(folder, of))


def _twice(first: Row, second: Row) -> bool:
    return bool(first["title"] == second["title"] and second["source"] != "diario-espejo")


def test_what_is_left_is_as_if_it_had_never_come(tmp_path: Path) -> None:
    # The first two report one event, and the first is printed elsewhere, too.
    seed = next(n for n in range(1, 99) if _twice(*articles(2, n)))
    given = rows(16, seed)
    late = f"{given[0]['published_at'][:10]}T23:59:59Z"
    given += [
        copied(given[0], f"copy-{n}", url=ADDRESS.format(f"copy-{n}"), published_at=late)
        for n in (1, 2)
    ]
    folder, other = tmp_path / "data", tmp_path / "other"
    ingest_rows(folder, given)
    story = value(folder, "SELECT story_id FROM articles WHERE external_id = 'n1'")
    single = value(
        folder,
        "SELECT min(external_id) FROM articles JOIN stories USING (story_id) "
        "WHERE article_count = 1",
    )
    original, *others = (article(folder, name) for name in ("n0", "copy-2", str(single)))
    done = removed(folder, original, *others)
    went = {row["article_id"]: row["copies"] for row in done.articles}
    assert went.keys() == {original, *others}
    assert article(folder, "copy-1") in went[original]
    # Its copy has taken its place, and the story goes on.
    assert value(folder, "SELECT story_id FROM articles WHERE external_id = 'copy-1'") == story
    assert value(folder, "SELECT story_id FROM articles WHERE external_id = 'n1'") == story
    memberships = f"SELECT story_id FROM facts.story_members WHERE article_id = '{original}'"
    assert {"story_id": None} in query(folder, memberships)
    run_ = query(folder, f"SELECT flow, status, inputs FROM runs WHERE run_id = '{done.run_id}'")
    assert run_ == [{"flow": "remove", "status": "completed", "inputs": [original, *others]}]
    names = {"n0", "copy-2", single}
    ingest_rows(other, [row for row in given if row["id"] not in names], "other.jsonl")
    assert partition(folder) == partition(other)
    assert copies(folder) == copies(other)
    counted = "SELECT count(*) FROM mentions"
    assert value(folder, counted) == value(other, counted)
    assert value(folder, "SELECT count(*) FROM stories WHERE title IS NULL") == 0


AGAIN: dict[str, dict[str, Any]] = {
    "n0": {},
    "n1": {"id": "other", "source": "another-site"},
    "n2": {"url": "HTTPS://noticias.example:443/2024/n2?utm_source=x#top"},
    "n3": {"text": "Un texto del todo distinto sobre la cosecha de papas en la sierra."},
    "n4": {"url": "https://noticias.example/otra", "text": ""},  # but it says where it belongs
}
LOOSELY = ("http://m.noticias.example/2024/n0.html", "http://www.noticias.example/2024/n1/",
           "https://noticias.example/2024/n2/index.html?", "http://noticias.example/2024/n3.htm",
           "https://amp.noticias.example/2024/n4/#top")  # fmt: skip


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


def test_it_stays_out_at_addresses_that_differ_in_what_says_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    given = rows(6)
    ingest_rows(folder, given)
    # Named by other spellings, too: what goes is what is here, not an address that never came.
    assert len(removed(folder, *LOOSELY).articles) == 5
    again = [{**row, "url": at, "id": f"x{at}", "text": f"{row['text']} Sigue la búsqueda."}
             for row, at in zip(given, LOOSELY, strict=False)]  # fmt: skip
    assert ingest_rows(folder, again, "again.jsonl").statuses == {"removed": 5}
    beside = {**given[0], "id": "x", "url": ADDRESS.format("n0-bis"), "text": "Otra noticia."}
    assert ingest_rows(folder, [beside], "beside.jsonl").statuses == {"new": 1}


def test_its_words_stay_out_wherever_they_come_from(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first, revised, other = rows(3)
    revised = {**first, "text": revised["text"]}
    copy = {**other, "id": "copy", "url": ADDRESS.format("copy"), "source": "diario-espejo"}
    ingest_rows(folder, [first, other, copy])
    ingest_rows(folder, [revised], "revised.jsonl")
    removed(folder, ADDRESS.format("n0"), ADDRESS.format("n2"))
    elsewhere = [
        {**row, "id": f"e{n}", "url": f"https://otra.example/{n}"}
        for n, row in enumerate((first, revised))
    ]
    assert ingest_rows(folder, elsewhere, "elsewhere.jsonl").statuses == {"removed": 2}
    # The copy stays, and so may copies of it come.
    late = {**copy, "id": "late", "url": ADDRESS.format("late")}
    assert ingest_rows(folder, [late], "late.jsonl").statuses == {"new": 1}


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
