"""Archives and documents through the whole pipeline: once, again, and out of another archive."""

from pathlib import Path

import pytest
from archives import docx, mail, page, pdf, tarred, warc, warc_record, zipped
from support import InlinePool, query, run, statuses, write_jsonl

import flows.run


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows.run, "Pool", InlinePool)


def test_what_is_in_archives_is_stored_once_and_found_by_its_address(tmp_path: Path) -> None:
    warehouse, inputs = tmp_path / "data", tmp_path / "in"
    inputs.mkdir()
    (inputs / "crawl.warc.gz").write_bytes(warc(3))
    files = {"a.pdf": pdf(["Some text of a report."]), "b.docx": docx(), "c.eml": mail(),
             "d/e.html": page(7), "photo.jpg": b"x"}  # fmt: skip
    (inputs / "desk.zip").write_bytes(zipped(files))
    first = run(warehouse, inputs)
    assert statuses(warehouse, first.run_id) == {"new": 7, "rejected": 1}
    again = run(warehouse, inputs)
    assert statuses(warehouse, again.run_id) == {"unchanged": 7, "rejected": 1}
    # The same pages out of another archive, and the same mail from elsewhere.
    (tmp_path / "other.tar").write_bytes(tarred({"x.warc": warc(3, packed=False), "m.eml": mail()}))
    other = run(warehouse, tmp_path / "other.tar")
    assert statuses(warehouse, other.run_id) == {"unchanged": 4}
    (row,) = query(
        warehouse, "FROM articles WHERE canonical_url = 'https://bay.example.org/1' LIMIT 1"
    )
    assert row["source"] == "bay.example.org"
    assert "Matter 1 had detail 5" in row["text"]


def snapshots(*years: int) -> bytes:
    """Return a web archive of one page that reads otherwise each year."""
    uri = "https://bay.example.org/bridge-closed-for-repairs"
    parts = [
        warc_record(n, page(0).replace(b"Matter 0", b"In %d matter 0" % year), uri=uri,
                    date=f"{year}-08-22T10:00:00Z")
        for n, year in enumerate(years)
    ]  # fmt: skip
    return b"".join(parts)


def test_an_older_reading_takes_nothing_from_a_newer_one(tmp_path: Path) -> None:
    warehouse = tmp_path / "data"
    (tmp_path / "a.warc").write_bytes(snapshots(2020, 2022, 2021))
    (tmp_path / "b.warc").write_bytes(snapshots(2019, 2023))
    first = run(warehouse, tmp_path / "a.warc")
    assert statuses(warehouse, first.run_id) == {"new": 1, "revised": 1, "unchanged": 1}
    second = run(warehouse, tmp_path / "b.warc", batch_size=1)
    assert statuses(warehouse, second.run_id) == {"revised": 1, "unchanged": 1}
    (row,) = query(warehouse, "FROM articles")
    assert "In 2023 matter" in row["text"]
    older = "SELECT detail FROM facts.item_events WHERE status = 'unchanged'"
    assert {d["detail"] for d in query(warehouse, older)} == {
        "An older reading than the one that is stored."
    }
    # A text that is handed in says what the article reads now; then an archive comes late again.
    now = {"url": row["canonical_url"], "title": row["title"], "text": f"Now open. {row['text']}"}
    assert run(warehouse, write_jsonl(tmp_path / "now.jsonl", [now])).statuses == {"revised": 1}
    (tmp_path / "c.warc").write_bytes(snapshots(2024))
    assert run(warehouse, tmp_path / "c.warc").statuses == {"unchanged": 1}
