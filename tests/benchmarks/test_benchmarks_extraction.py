"""The measures of extraction: right on small cases, and clear where the data is absent."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.extraction import FLOORS, OURS, failures, main
from benchmarks.extraction_measures import MEASURES, Answer, f1, marks, one_spelling, tokens
from benchmarks.extraction_pages import load

GOLD = Answer("Water rose. 洪水", "Dam “fails” – again", datetime(2023, 8, 22, 10), ["Ann Lee"])


@pytest.mark.parametrize("given", [[], ["/nowhere"]])
def test_absent_data_is_named(given: list[str]) -> None:
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 1
    assert "DATA=DIR" in result.output


def test_words_headlines_dates_and_names_are_compared() -> None:
    found = Answer(
        "water rose", 'Dam "fails" - again', datetime(2023, 8, 23), ["ann  lee", "Bo Ek"]
    )
    assert marks(GOLD, GOLD, with_authors=True) == (1.0, 1.0, 1.0, 1.0)
    compared = marks(GOLD, found, with_authors=True)
    assert compared == pytest.approx((2 / 3, 1.0, 1.0, 2 / 3))
    assert marks(GOLD, found._replace(date=datetime(2023, 8, 24)), with_authors=False)[2:] == (
        0,
        None,
    )
    assert f1(tokens(""), tokens("")) == 1.0
    assert one_spelling("A  „b“") == 'A "b"'


def test_a_figure_below_its_floor_or_a_peers_is_told() -> None:
    best = dict.fromkeys(MEASURES, 1.0)
    assert failures({OURS: best, "peer": dict.fromkeys(MEASURES, 0.5)}) == []
    (no_better,) = failures({OURS: best, "peer": {**dict.fromkeys(MEASURES, 0.5), "date": 1.0}})
    assert "date is 1.0000, no better than peer" in no_better
    (below,) = failures({OURS: {**best, "text": FLOORS["text"] - 0.1}})
    assert "below the floor" in below


def test_pages_are_matched_with_their_truth_by_date(tmp_path: Path) -> None:
    folder = tmp_path / "extraction" / "xx"
    folder.mkdir(parents=True)
    article = {
        "title": "Dam fails", "publishing_date": "2023-08-22 10:00:00+02:00",
        "authors": ["Ann Lee"],
        "body": {"summary": ["Rain."], "sections": [
            {"headline": ["Flood"], "paragraphs": ["It rose."]}]},
    }  # fmt: skip
    told = {"V1": article, "V1_1": {**article, "title": "Rain goes on"}}
    (folder / "Paper.json").write_text(json.dumps(told), "utf-8")
    for day in ("2023_08_22", "2024_01_01"):
        (folder / f"Paper_{day}.html").write_bytes(day.encode())
    first, second = load(tmp_path)
    assert (first.gold.title, second.gold.title) == ("Dam fails", "Rain goes on")
    assert first.gold.text == "Rain.\nFlood\nIt rose."
    assert (first.gold.date, first.content) == (datetime(2023, 8, 22, 8), b"2023_08_22")
