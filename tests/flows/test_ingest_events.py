"""Events across languages: the same for any order of arrival, and free where there is but one."""

import json
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from event_texts import FERRY, MINE, REPORTS, rows
from support import ingest_rows, query, run, write_jsonl

from cli.main import newsloom

pytestmark = pytest.mark.usefixtures("inline")
EVENTS = {
    frozenset(f"{report.event}-{report.language}" for report in group) for group in (FERRY, MINE)
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("events") / "data"
    with pytest.MonkeyPatch.context() as patched:
        from support import InlinePool

        patched.setattr("flows.run.Pool", InlinePool)
        ingest_rows(place, rows())
    return place


def _events(place: Path) -> dict[str, frozenset[str]]:
    """Return the articles of each event."""
    found = query(
        place,
        "SELECT event_id, list(external_id) AS articles "
        "FROM (SELECT event_id, unnest(story_ids) AS story_id FROM events) "
        "JOIN articles USING (story_id) GROUP BY event_id",
    )
    return {row["event_id"]: frozenset(row["articles"]) for row in found}


def _links(place: Path) -> list[dict[str, Any]]:
    return query(place, "FROM event_links ORDER BY article_a, article_b")


def test_the_events_are_found_and_nothing_else(folder: Path) -> None:
    assert set(_events(folder).values()) == EVENTS
    (event,) = query(folder, "FROM events WHERE list_contains(languages, 'fr')")
    assert event["languages"] == ["en", "es", "fr"]
    assert event["article_count"] == 3
    assert f"{event['began_at']:%Y-%m-%d}" == "2024-07-26"


@pytest.mark.parametrize("seed", range(2))
def test_a_shuffled_and_split_ingest_ends_the_same(tmp_path: Path, folder: Path, seed: int) -> None:
    draw = random.Random(seed)
    shuffled = draw.sample(rows(), len(REPORTS))
    cuts = [0, *sorted(draw.sample(range(1, len(shuffled)), 2)), len(shuffled)]
    for number, (start, end) in enumerate(pairwise(cuts)):
        run(tmp_path / "data", write_jsonl(tmp_path / f"{number}.jsonl", shuffled[start:end]))
    assert _events(tmp_path / "data") == _events(folder)
    assert _links(tmp_path / "data") == _links(folder)


def test_news_of_one_language_is_not_marked(tmp_path: Path) -> None:
    english = [r for r in REPORTS if r.language == "en"]
    ingest_rows(tmp_path / "data", rows(english))
    assert query(tmp_path / "data", "FROM facts.event_marks") == []
    german = [r for r in REPORTS if r.language == "de"]
    run(tmp_path / "data", write_jsonl(tmp_path / "de.jsonl", rows(german)))
    assert {len(event) for event in _events(tmp_path / "data").values()} <= {2}
    assert query(tmp_path / "data", "FROM facts.event_marks")


def test_a_revised_article_leaves_its_event(tmp_path: Path) -> None:
    pair = [r for r in MINE if r.language in ("en", "fr")]
    ingest_rows(tmp_path / "data", rows(pair))
    assert len(_events(tmp_path / "data")) == 1
    other = next(r for r in REPORTS if r.event == "budget")
    changed = {**rows(pair)[0], "title": other.title, "text": other.text}
    run(tmp_path / "data", write_jsonl(tmp_path / "new.jsonl", [changed]))
    assert _events(tmp_path / "data") == {}


def _newsloom(place: Path, *arguments: str) -> str:
    result = CliRunner().invoke(newsloom, [*arguments, "--warehouse", str(place)])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_story_tells_where_else_it_is_told(folder: Path) -> None:
    found = query(folder, "SELECT story_id FROM articles WHERE external_id = 'mine-fr'")
    text = _newsloom(folder, "story", found[0]["story_id"])
    assert "also in" in text
    assert "Cierran la mina" in text
    assert "Eusebio Challco" in text
    told = json.loads(_newsloom(folder, "story", found[0]["story_id"], "--json"))
    assert sorted(t["languages"][0] for t in told["translations"]) == ["en", "es"]


def test_explain_speaks_of_events_only_across_languages(folder: Path) -> None:
    ids = {
        row["external_id"]: row["article_id"]
        for row in query(folder, "SELECT external_id, article_id FROM articles")
    }
    across = json.loads(_newsloom(folder, "explain", ids["ferry-ru"], ids["ferry-de"], "--json"))
    assert across["event"]["reports_one_event"]
    assert "Nordvik" in [line["name"] for line in across["event"]["evidence"]]
    text = _newsloom(folder, "explain", ids["ferry-ru"], ids["ferry-de"])
    assert "Across languages (de and ru)?" in text
    same = json.loads(_newsloom(folder, "explain", ids["ferry-de"], ids["strike-de"], "--json"))
    assert same["event"] is None
