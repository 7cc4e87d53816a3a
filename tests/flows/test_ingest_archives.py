"""Archives and documents through the whole pipeline: once, again, and out of another archive."""

from pathlib import Path

import pytest
from archives import docx, mail, page, pdf, tarred, warc, zipped
from support import InlinePool, query, run, statuses

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
