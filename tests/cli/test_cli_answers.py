"""What the commands say about the two ingested seeds."""

import json
from pathlib import Path
from typing import Any

import pytest
from clicalls import call
from support import SEEDS

FIRST, SECOND = (f"seeds/{path.name}" for path in SEEDS)


def _json(*arguments: Path | str) -> Any:
    called = call(*arguments, "--json")
    assert called.code == 0, called.err
    return json.loads(called.out)


def test_stories_lists_the_story(seeded: Path, story: str) -> None:
    called = call("stories", "--warehouse", seeded)
    assert called.lines[2].split() == ["NEW", "ARTICLES", "SOURCES", "TITLE"]
    assert called.lines[5].split()[:3] == ["+2", "2", "1"]
    assert called.lines[6].split()[:2] == [story[:9], "seen"]
    assert "NE" in called.lines[6].split("·")[0]
    (row,) = _json("stories", "--warehouse", seeded)
    assert (row["story_id"], row["article_count"]) == (story, 2)


@pytest.mark.parametrize("sort", ["date", "size", "growth"])
def test_stories_sorts_and_filters(seeded: Path, story: str, sort: str) -> None:
    found = _json("stories", "--sort", sort, "--since", "2w", "--warehouse", seeded)
    assert [row["story_id"] for row in found] == [story]
    assert _json("stories", "--least", "3", "--warehouse", seeded) == []


def test_no_story_at_all_is_said(seeded: Path) -> None:
    called = call("stories", "--least", "3", "--warehouse", seeded)
    assert called.code == 0
    assert "--least 1" in called.out


def test_story_shows_both_articles_the_score_and_the_evidence(
    seeded: Path, story: str, articles: tuple[str, str]
) -> None:
    called = call("story", story[:7], "--warehouse", seeded, columns=120)
    assert called.code == 0
    for article in articles:
        assert f"•  {article[:9]}" in called.out
    assert "no headline: " in called.out
    assert "joined at 0.9" in called.out
    assert "bazoum" in called.out.split("rare words")[1].splitlines()[0]
    assert "Mohamed Bazoum" in called.out.split("people")[1].splitlines()[0]
    assert "ECOWAS" in called.out.split("organisations")[1].splitlines()[0]
    assert "created, 2 articles" in called.out.split("history")[1]


def test_story_has_everything_in_json(seeded: Path, story: str, articles: tuple[str, str]) -> None:
    found = _json("story", story, "--warehouse", seeded)
    assert found["story_id"] == story
    assert {row["article_id"] for row in found["articles"]} == set(articles)
    (link,) = found["links"]
    assert {link["article_a"], link["article_b"]} == set(articles)
    assert {line["kind"] for line in link["evidence"]} == {"entity", "term"}
    assert [row["event"] for row in found["history"]] == ["created"]
    assert {"name", "type", "articles", "times"} <= found["entities"][0].keys()


def test_explain_shows_the_score_what_adds_to_it_and_the_evidence(
    seeded: Path, articles: tuple[str, str]
) -> None:
    called = call("explain", *articles, "--warehouse", seeded)
    assert called.code == 0
    assert "Same event?  one story  score 0.9" in called.out
    assert "Same text?   no copy" in called.out
    assert all(article in called.out for article in articles)
    for words in ("term_cosine", "intercept", "shared entities", "ECOWAS", "bazoum", "MinHash"):
        assert words in called.out
    assert "-0.00" not in called.out
    assert "+0.00" not in called.out


def test_explain_takes_paths_and_its_parts_add_up(seeded: Path) -> None:
    found = _json("explain", FIRST, SECOND, "--warehouse", seeded)
    story, copy = found["story"], found["copy"]
    assert story["reports_one_event"]
    assert story["same_story_now"]
    assert story["score"] >= story["join_score"] >= story["keep_score"]
    assert all(line["meaning"] for line in story["features"])
    odds = story["intercept"] + sum(line["adds"] for line in story["features"])
    assert story["score"] == pytest.approx(1 / (1 + 2.718281828**-odds), abs=1e-6)
    assert copy["kind"] is None
    assert copy["jaccard"] < 0.05
    assert found["a"]["article_id"] != found["b"]["article_id"]


def test_trace_shows_what_happened_to_a_path(
    seeded: Path, story: str, articles: tuple[str, str]
) -> None:
    called = call("trace", FIRST, "--warehouse", seeded)
    assert called.code == 0
    assert called.lines[0] == f"Trace  {FIRST}"
    assert "new         text, revision 1" in called.out
    assert f"joined {story}" in called.out
    found = _json("trace", FIRST, "--warehouse", seeded)
    assert [row["status"] for row in found["items"]] == ["new"]
    assert found["article"]["article_id"] in articles
    assert {row["id"] for row in found["memberships"]} == {story}


def test_trace_takes_an_article(seeded: Path, articles: tuple[str, str]) -> None:
    called = call("trace", articles[0][:9], "--warehouse", seeded)
    assert called.code == 0
    assert "  seeds/" in called.lines[1]


def test_status_is_well(seeded: Path) -> None:
    called = call("status", "--warehouse", seeded)
    assert called.code == 0
    assert called.lines[0] == "Status  ok"
    for words in ("2 (0 copies)", "31 of 31 checks", "completed", "not up"):
        assert words in called.out
    found = _json("status", "--warehouse", seeded)
    assert found["status"] == "ok"
    assert found["totals"]["articles"] == 2
    assert {check["status"] for check in found["checks"]} == {"ok"}
    assert [run["items_new"] for run in found["runs"]] == [2]


READERS = (["stories"], ["story", "{story}"], ["explain", FIRST, SECOND], ["trace", FIRST],
           ["status"], ["sql", "FROM articles"], ["sql", "FROM story_links"])  # fmt: skip


@pytest.mark.parametrize("command", READERS, ids=" ".join)
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_what_is_shown_fits_the_terminal(
    seeded: Path, story: str, command: list[str], columns: int
) -> None:
    words = [word.format(story=story) for word in command]
    called = call(*words, "--warehouse", seeded, columns=columns)
    assert called.code == 0
    assert all(len(line) <= columns for line in called.lines), called.out
    assert all(line == line.rstrip() for line in called.lines), "trailing blanks"


@pytest.mark.parametrize("columns", [80, 120])
def test_headings_and_ids_are_never_cut(seeded: Path, story: str, columns: int) -> None:
    for command in (["stories"], ["status"]):
        called = call(*command, "--warehouse", seeded, columns=columns)
        headings = [line for line in called.lines if line.isupper()]
        assert headings
        assert "…" not in "".join(headings)
    assert story[:9] in call("stories", "--warehouse", seeded, columns=columns).out
