"""What changes when articles change: revisions, copies, and who is the original."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from news_texts import Row, articles, copied
from support import (
    copies,
    ingest_rows,
    partition,
    query,
    run,
    value,
    write_text,
)

pytestmark = pytest.mark.usefixtures("inline")


@pytest.fixture(scope="module")
def row() -> Row:
    return {**articles(1)[0], "published_at": "2024-03-10T08:00:00Z"}


@pytest.fixture(scope="module")
def other(row: Row) -> Row:
    """The same article in wholly different words."""
    return {**articles(1, seed=77)[0], "id": row["id"], "source": row["source"]}


def test_a_changed_text_is_a_new_revision(tmp_path: Path, row: Row, other: Row) -> None:
    folder = tmp_path / "data"
    ingest_rows(folder, [row])
    (first,) = query(folder, "FROM articles")
    assert ingest_rows(folder, [other]).statuses == {"revised": 1}
    (second,) = query(folder, "FROM articles")
    assert (second["article_id"], second["revision"]) == (first["article_id"], 2)
    assert (second["title"], second["text"]) == (other["title"], other["text"])
    assert second["first_seen_at"] == first["first_seen_at"] < second["revised_at"]
    kept = query(folder, "SELECT revision, text FROM facts.article_texts ORDER BY revision")
    assert [line["text"] for line in kept] == [row["text"], other["text"]]
    assert value(folder, "SELECT max(revision) FROM items") == 2


def test_a_changed_headline_is_a_new_revision(tmp_path: Path, row: Row) -> None:
    ingest_rows(tmp_path / "data", [row])
    changed = {**row, "title": row["title"] + ", última hora"}
    assert ingest_rows(tmp_path / "data", [changed]).statuses == {"revised": 1}


def test_a_cosmetic_change_is_none(tmp_path: Path, row: Row) -> None:
    ingest_rows(tmp_path / "data", [row])
    cosmetic = {**row, "text": row["text"].replace(". ", ".\r\n\r\n  ") + "\n"}
    cosmetic = {name: cosmetic[name] for name in reversed(cosmetic)}
    assert ingest_rows(tmp_path / "data", [cosmetic]).statuses == {"unchanged": 1}
    assert value(tmp_path / "data", "SELECT text FROM articles") == row["text"]


@pytest.mark.parametrize("batch_size", [500, 1])
def test_rows_of_one_id_are_revisions_in_their_order(
    tmp_path: Path, row: Row, other: Row, batch_size: int
) -> None:
    folder, file = tmp_path / "data", tmp_path / "flapping.jsonl"
    write_text(file, "\n".join(map(json.dumps, (row, other, row))))
    report = run(folder, file, batch_size=batch_size)
    assert report.statuses == {"new": 1, "revised": 2}
    assert query(folder, "SELECT revision, text FROM articles") == [
        {"revision": 3, "text": row["text"]}
    ]
    assert run(folder, file, batch_size=batch_size).statuses == {"unchanged": 3}


def test_mentions_are_those_of_the_present_revision(tmp_path: Path, row: Row, other: Row) -> None:
    folder = tmp_path / "data"
    ingest_rows(folder, [{**row, "text": row["text"] + " Lo siguen en Noruega y en Kenia."}])
    ingest_rows(folder, [{**other, "text": other["text"] + " Lo siguen en Islandia."}])
    found = {line["surface"] for line in query(folder, "SELECT surface FROM mentions")}
    assert "Islandia" in found
    assert not {"Noruega", "Kenia"} & found


def test_when_the_original_changes_another_takes_its_place(
    tmp_path: Path, row: Row, other: Row
) -> None:
    folder = tmp_path / "data"
    second = copied(row, "second", published_at="2024-03-11")
    third = copied(row, "third", published_at="2024-03-12")
    ingest_rows(folder, [row, second, third])
    assert copies(folder) == {"second": row["id"], "third": row["id"]}
    ingest_rows(folder, [other])
    assert copies(folder) == {"third": "second"}
    assert frozenset({"second", "third"}) in partition(folder)
    own = query(
        folder,
        "SELECT DISTINCT external_id, inherited FROM mentions JOIN articles USING (article_id)",
    )
    assert {line["external_id"]: line["inherited"] for line in own} == {
        row["id"]: False,
        "second": False,
        "third": True,
    }


def test_a_copy_that_changes_is_an_article_of_its_own(tmp_path: Path, row: Row, other: Row) -> None:
    folder = tmp_path / "data"
    second = copied(row, "second", published_at="2024-03-11")
    ingest_rows(folder, [row, second])
    assert copies(folder) == {"second": row["id"]}
    ingest_rows(folder, [{**second, "text": other["text"], "title": other["title"]}])
    assert copies(folder) == {}
    assert partition(folder) == {frozenset({row["id"]}), frozenset({"second"})}


def test_an_article_that_becomes_a_copy_goes_into_its_originals_story(
    tmp_path: Path, row: Row, other: Row
) -> None:
    folder = tmp_path / "data"
    late = {**other, "id": "late", "published_at": "2024-03-20"}
    ingest_rows(folder, [row, late])
    assert len(partition(folder)) == 2
    ingest_rows(folder, [{**late, "text": row["text"], "title": row["title"]}])
    assert copies(folder) == {"late": row["id"]}
    assert partition(folder) == {frozenset({row["id"], "late"})}


def test_the_original_is_the_earliest_then_the_longest(tmp_path: Path, row: Row) -> None:
    folder = tmp_path / "data"
    longer = copied(row, "longer")
    later = copied(row, "later", text=longer["text"] + " Seguirá.", published_at="2024-03-11")
    undated = {k: v for k, v in copied(row, "undated").items() if k != "published_at"}
    ingest_rows(folder, [undated, later, row, longer])
    assert copies(folder) == dict.fromkeys((row["id"], "later", "undated"), "longer")


def test_an_earlier_original_that_arrives_late_takes_over(tmp_path: Path, row: Row) -> None:
    folder = tmp_path / "data"
    second = copied(row, "second", published_at="2024-03-11")
    ingest_rows(folder, [row, second])
    earliest = {**row, "id": "earliest", "published_at": "2024-03-09"}
    ingest_rows(folder, [earliest])
    assert copies(folder) == dict.fromkeys((row["id"], "second"), "earliest")
    assert len(partition(folder)) == 1


def test_a_story_keeps_its_id_when_an_earlier_original_takes_over(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    pair = _one_event()
    ingest_rows(folder, pair)
    assert len(partition(folder)) == 1
    before = value(folder, "SELECT story_id FROM stories")
    ingest_rows(folder, [{**pair[0], "id": "earliest", "published_at": "2024-03-09"}])
    assert copies(folder) == {pair[0]["id"]: "earliest"}
    assert value(folder, "SELECT story_id FROM stories") == before
    events = query(folder, "SELECT event, story_id FROM story_history ORDER BY commit_id")
    assert {event["story_id"] for event in events} == {before}


def test_copies_do_not_weigh_on_the_identity_of_a_story(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    pair = _one_event()
    texts = [{**pair[0], "id": f"copy-{n}", "published_at": f"2024-03-2{n}"} for n in range(4)]
    ingest_rows(folder, [*texts, pair[1]])
    before = value(folder, "SELECT story_id FROM stories")
    ingest_rows(folder, [pair[0]])
    follow_up = {**pair[1], "id": "more", "text": pair[1]["text"] + " " + pair[0]["text"][:200]}
    ingest_rows(folder, [follow_up])
    assert value(folder, "SELECT DISTINCT story_id FROM articles") == before
    history = query(folder, "SELECT event FROM story_history ORDER BY commit_id")
    assert {event["event"] for event in history} <= {"created", "grew", "shrank"}


def test_a_former_story_id_leads_to_the_present_one(tmp_path: Path, row: Row) -> None:
    from warehouse.published import Published

    folder = tmp_path / "data"
    ingest_rows(folder, [row])
    former = value(folder, "SELECT story_id FROM stories")
    ingest_rows(folder, [{**row, "id": "earliest", "published_at": "2024-03-01"}])
    with Published(folder) as news:
        assert news.find_story(former) == value(folder, "SELECT story_id FROM stories")


def test_a_copy_inherits_the_mentions_of_its_original(tmp_path: Path, row: Row) -> None:
    folder = tmp_path / "data"
    named = {**row, "text": row["text"] + " Habrá ayuda de Noruega."}
    ingest_rows(folder, [named, copied(named, "second", published_at="2024-03-11")])
    found = query(folder, "FROM mentions JOIN articles USING (article_id) ORDER BY surface")
    original, copy = ([m for m in found if m["external_id"] == i] for i in (row["id"], "second"))
    assert [m["entity_id"] for m in original] == [m["entity_id"] for m in copy] != []
    assert all(m["char_start"] is None and m["inherited"] for m in copy)
    assert all(named["text"][m["char_start"] : m["char_end"]] == m["surface"]
               for m in original if not m["in_title"])  # fmt: skip
    assert value(folder, "SELECT article_count FROM entities WHERE name = 'Norway'") == 2
    assert value(folder, "SELECT count(*) FROM facts.taggings") == 1


def _one_event() -> list[Row]:
    """Return two reports of one event that are no copies of each other."""
    for first, second in pairwise(articles(40, seed=3)):
        same_event = first["title"] == second["title"]
        if same_event and not second["text"].startswith(first["text"]):
            dates = ("2024-03-10", "2024-03-11")
            return [{**r, "published_at": d} for r, d in zip((first, second), dates, strict=True)]
    raise AssertionError("the example has no such pair")
