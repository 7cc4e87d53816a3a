"""What only looks different is no revision; what was said before is asked of the warehouse."""

from pathlib import Path

import pytest
from support import ingest_rows, query

ROW = {
    "id": "1", "source": "gaceta", "title": "Dam fails above town", "published_at": "2023-08-22",
    "text": 'The dam gave way on Monday, and "four hundred" people left the town.\n'
    "Updated 5 minutes ago",
}  # fmt: skip
COSMETIC = ROW["text"].replace('"four hundred"', "“four  hundred”").replace("5 min", "9 min")


PAGE = (
    '<html><head><meta property="article:modified_time" content="{}"></head>'
    "<body><article><h1>Rain goes on</h1><p>It will go on raining until the end of the week, and "
    "the river will rise by another metre, the weather service said on "
    "Tuesday.</p></article></body>"
)


def stamped(moment: str) -> dict[str, str]:
    return {"id": "2", "source": "gaceta", "html": PAGE.format(moment)}


@pytest.mark.usefixtures("inline")
def test_only_other_words_make_a_revision(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert ingest_rows(folder, [ROW, stamped("2023-08-22T10:00:00Z")]).statuses == {"new": 2}
    same = [{**ROW, "text": COSMETIC}, stamped("2023-08-24T11:00:00Z")]
    assert ingest_rows(folder, same).statuses == {"unchanged": 2}
    changed = {**ROW, "text": COSMETIC.replace("four", "five")}
    # Against the revision that the same batch has just made, too.
    again = {**changed, "text": changed["text"].replace("9 min", "3 min")}
    assert ingest_rows(folder, [changed, again]).statuses == {"revised": 1, "unchanged": 1}
    found = query(folder, "SELECT revision, text FROM articles WHERE external_id = '1'")
    assert found == [{"revision": 2, "text": changed["text"]}]
