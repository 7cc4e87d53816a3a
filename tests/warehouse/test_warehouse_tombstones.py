"""An article removed on request is gone from every view at once, and does not come back."""

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from lake_helpers import append
from news_texts import Row, articles, copied
from support import InlinePool, facts, ingest_rows, query, run, value, write_jsonl

from warehouse.commit import commit
from warehouse.lake import Lake
from warehouse.published import Published
from warehouse.views import PUBLIC_VIEWS

KEEPS_IDS = {"items", "rejects", "runs", "story_history", "checks"}
"""Views of what happened, not of articles: an item names the article that it was."""
ROWS = [
    {**row, "text": f"{row['text']} Lo siguen desde {('Noruega', 'Kenia')[number % 2]}."}
    for number, row in enumerate(articles(6, seed=3))
]
ORIGINAL = {**articles(1, seed=50)[0], "id": "original", "published_at": "2023-01-01"}
ORIGINAL["text"] += " Lo siguen desde Islandia."


def later(name: str, day: int) -> Row:
    return copied(ORIGINAL, name, published_at=f"2023-01-{day:02}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tombstones") / "data"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.run.Pool", InlinePool)
        ingest_rows(folder, [*ROWS, ORIGINAL, later("copy", 2)])
    return folder


def remove(folder: Path, external_id: str) -> str:
    """Put a tombstone on an article; return its id."""
    of = f"SELECT article_id FROM articles WHERE external_id = '{external_id}'"
    article = str(value(folder, of))
    with Lake(folder) as lake, commit(lake) as writing:
        append(writing, run="removal")
        row = {"article_id": article, "reason": "asked for", "removed_at": datetime(2024, 5, 1)}
        writing.append("tombstones", pa.Table.from_pylist([row]))
    return article


def test_it_is_in_no_view_and_stays_out_when_it_is_ingested_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    assert value(folder, "SELECT count(*) FROM articles") == 7
    assert value(folder, "SELECT sum(article_count) FROM stories") == 7
    assert value(folder, "SELECT count(*) FROM stories WHERE title IS NULL") == 0
    (row,) = (row for row in ROWS if row["id"] == central["external_id"])
    elsewhere = write_jsonl(folder.parent / "elsewhere.jsonl", [row])
    changed = write_jsonl(folder.parent / "changed.jsonl", [{**row, "text": ORIGINAL["text"]}])
    before = facts(folder, whole=True)
    monkeypatch.setattr("flows.run.Pool", InlinePool)
    report = run(folder, folder.parent / "rows.jsonl", elsewhere, changed)
    assert report.statuses == {"unchanged": 7, "removed": 3}
    assert facts(folder, whole=True) == before


@pytest.mark.usefixtures("inline")
def test_a_copy_of_it_is_an_article_of_its_own(folder: Path) -> None:
    removed = remove(folder, "original")
    copies = "SELECT external_id, duplicate_of FROM articles WHERE source = 'diario-espejo'"
    assert {"external_id": "copy", "duplicate_of": None} in query(folder, copies)
    ingest_rows(folder, [later("late", 3)], "late.jsonl")
    assert removed not in repr(query(folder, "FROM articles"))
    of = "SELECT article_id FROM articles WHERE external_id = 'copy'"
    assert query(folder, f"SELECT external_id FROM articles WHERE duplicate_of = ({of})") == [
        {"external_id": "late"}
    ]
    assert value(folder, "SELECT count(*) FROM articles WHERE story_id IS NULL") == 0
    assert value(folder, f"SELECT count(*) FROM mentions WHERE article_id = ({of})") > 0
