"""An article removed on request is gone from every view at once, and does not come back."""

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from lake_helpers import append
from news_texts import Row, articles, copied
from support import facts, ingest_rows, query, value

from warehouse.commit import commit
from warehouse.lake import Lake
from warehouse.published import Published
from warehouse.views import PUBLIC_VIEWS

pytestmark = pytest.mark.usefixtures("inline")

KEEPS_IDS = {"items", "rejects", "runs", "story_history", "checks"}
"""Views of what happened, not of articles: an item names the article that it was."""


def remove(folder: Path, external_id: str) -> str:
    """Put a tombstone on an article; return its id."""
    article = str(
        value(folder, f"SELECT article_id FROM articles WHERE external_id = '{external_id}'")
    )
    with Lake(folder) as lake, commit(lake) as writing:
        append(writing, run="removal")
        row = {"article_id": article, "reason": "asked for", "removed_at": datetime(2024, 5, 1)}
        writing.append("tombstones", pa.Table.from_pylist([row]))
    return article


@pytest.fixture
def rows() -> list[Row]:
    given = articles(6, seed=3)
    for number, row in enumerate(given):
        row["text"] += f" Lo siguen desde {('Noruega', 'Kenia')[number % 2]}."
    return given


def test_it_is_in_no_public_view(tmp_path: Path, rows: list[Row]) -> None:
    folder = tmp_path / "data"
    ingest_rows(folder, rows)
    central = query(
        folder,
        "SELECT external_id, text FROM stories JOIN articles ON article_id = representative_id "
        "WHERE article_count > 1 AND copy_count = 0 LIMIT 1",
    )[0]
    article = remove(folder, central["external_id"])
    with Published(folder) as news:
        for view in PUBLIC_VIEWS:
            if view.name not in KEEPS_IDS:
                found = repr(news.query(f"FROM {view.name}").to_pylist())
                assert article not in found, view.name
                assert central["text"] not in found, view.name
    assert value(folder, "SELECT count(*) FROM articles") == 5
    assert value(folder, "SELECT sum(article_count) FROM stories") == 5
    assert value(folder, "SELECT count(*) FROM stories WHERE title IS NULL") == 0


def test_it_stays_out_when_it_is_ingested_again(tmp_path: Path, rows: list[Row]) -> None:
    folder = tmp_path / "data"
    ingest_rows(folder, rows)
    remove(folder, rows[0]["id"])
    before = facts(folder, whole=True)
    assert ingest_rows(folder, rows).statuses == {"unchanged": 5, "removed": 1}
    changed = [{**rows[0], "text": rows[1]["text"]}]
    for name in ("elsewhere.jsonl", "changed.jsonl"):
        given = rows[:1] if name == "elsewhere.jsonl" else changed
        assert ingest_rows(folder, given, name).statuses == {"removed": 1}
    assert facts(folder, whole=True) == before


def test_a_copy_of_it_is_an_article_of_its_own(tmp_path: Path, rows: list[Row]) -> None:
    folder = tmp_path / "data"
    original = {**rows[0], "published_at": "2024-01-01"}
    ingest_rows(folder, [original, copied(original, "copy", published_at="2024-01-02")])
    removed = remove(folder, original["id"])
    assert query(folder, "SELECT external_id, duplicate_of FROM articles") == [
        {"external_id": "copy", "duplicate_of": None}
    ]
    late = copied(original, "late", published_at="2024-01-03")
    ingest_rows(folder, [late], "late.jsonl")
    assert removed not in repr(query(folder, "FROM articles"))
    of = "SELECT article_id FROM articles WHERE external_id = 'copy'"
    assert query(folder, f"SELECT external_id FROM articles WHERE duplicate_of = ({of})") == [
        {"external_id": "late"}
    ]
    assert value(folder, "SELECT count(*) FROM articles WHERE story_id IS NULL") == 0
    assert value(folder, "SELECT count(*) FROM mentions WHERE NOT inherited") > 0
