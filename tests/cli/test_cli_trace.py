"""What trace tells: every event of an item, in order of time, over several runs and ways in."""

import json
from pathlib import Path
from typing import Any

import pytest
from clicalls import call, refused
from news_texts import articles, copied
from support import InlinePool, ingest_rows, value

from cli.difference import marked
from flows.remove import remove
from newsloom.settings import Settings

ADDRESS = "https://noticias.example/2024/presa"
FIRST, OTHER = ({**row, "url": f"{ADDRESS}-{n}"} for n, row in enumerate(articles(2, seed=4)))
CHANGED = {**FIRST, "text": FIRST["text"].replace(" de ", " DE ", 1) + " Añadido al final."}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse in which an article was revised, rejected, found again, and one was removed."""
    folder = tmp_path_factory.mktemp("traced") / "data"
    with pytest.MonkeyPatch.context() as patched:
        for module in ("flows.run", "flows.remove"):
            patched.setattr(f"{module}.Pool", InlinePool)
        copy = copied(OTHER, "copy", url=f"{ADDRESS}-copy", published_at="2024-05-01")
        ingest_rows(folder, [FIRST, OTHER, copy])
        ingest_rows(folder, [CHANGED, {**OTHER, "text": " "}])
        remove(folder, Settings(), [OTHER["url"]], "asked for")
        ingest_rows(folder, [CHANGED, OTHER])
    return folder


def traced(folder: Path, text: str) -> Any:
    called = call("trace", text, "--json", "--warehouse", folder)
    assert called.code == 0, called.err
    return json.loads(called.out)


def test_every_event_is_told_in_order_and_the_change_word_by_word(folder: Path) -> None:
    found = traced(folder, FIRST["url"])
    told = [event["event"] for event in found["events"]]
    assert told == [
        "discovered", "new", "story", "discovered", "revised", "discovered", "unchanged",
    ]  # fmt: skip
    assert len({event["run_id"] for event in found["events"]}) == 3
    times = [event["at"] for event in found["events"]]
    assert times == sorted(times)
    (revised,) = (event for event in found["events"] if event["event"] == "revised")
    kinds = {piece["kind"] for piece in revised["changes"]["text"]}
    assert kinds == {"same", "added", "removed"}
    called = call("trace", FIRST["url"], "--warehouse", folder, columns=80)
    assert "[-de-] {+DE+}" in called.out
    assert "moverse{+. Añadido al final+}." in " ".join(called.out.split())


@pytest.mark.parametrize("columns", [60, 120])
def test_it_fits_the_terminal(folder: Path, columns: int) -> None:
    called = call("trace", FIRST["url"], "--warehouse", folder, columns=columns)
    lines = [line for line in called.lines if "http" not in line and "/rows.jsonl" not in line]
    assert all(len(line) <= columns for line in lines), called.out


def test_an_item_is_found_by_row_spelling_and_id(folder: Path) -> None:
    rows = folder.parent / "rows.jsonl"
    article = traced(folder, FIRST["url"])["article"]["article_id"]
    for text in (f"{FIRST['url']}?utm_source=feed#top", article, article[:8]):
        found = traced(folder, text)
        assert {item["article_id"] for item in found["items"]} == {article}, text
    # A row is a place: at different times, two articles may stand in it.
    assert [item["status"] for item in traced(folder, f"{rows}#2")["items"]] == [
        "new", "rejected", "removed",
    ]  # fmt: skip
    assert len(traced(folder, str(rows))["items"]) == 7
    assert "was ever ingested" in refused(call("trace", "nothing", "--warehouse", folder))


def test_a_removal_is_told_and_shows_nothing_of_the_article(folder: Path) -> None:
    found = traced(folder, OTHER["url"])
    events = [(event["event"], event["what"]) for event in found["events"]]
    assert ("removed", "on request: asked for") in events
    assert ("removed", "row, kept out") in events
    assert events.index(("removed", "row, kept out")) == len(events) - 1
    assert found["revisions"] == []
    assert found["article"] is None
    out = call("trace", OTHER["url"], "--warehouse", folder).out
    assert OTHER["title"] not in out
    copy = traced(folder, f"{ADDRESS}-copy")
    assert {"copy", "original", "story"} <= {event["event"] for event in copy["events"]}


def test_a_story_shows_what_was_revised_in_it(folder: Path) -> None:
    story = value(folder, f"SELECT story_id FROM articles WHERE url = '{FIRST['url']}'")
    found = json.loads(call("story", story, "--json", "--warehouse", folder).out)
    (revision,) = found["revisions"]
    assert revision["revision"] == 2
    assert "text" in revision["changes"]
    out = call("story", story, "--warehouse", folder).out
    assert "[-de-] {+DE+}" in out.split("revised")[1]


def test_a_difference_keeps_a_few_words_around_each_change() -> None:
    words = [f"w{n}" for n in range(30)]
    pieces = [
        ("same", " ".join(words) + " "), ("removed", "twelve "), ("added", "\x1b[31mseventeen\n"),
        ("same", " ".join(words)), ("added", ", end"), ("same", ". x"),
    ]  # fmt: skip
    assert marked(pieces).plain == (
        "… w25 w26 w27 w28 w29 [-twelve-] {+[31mseventeen+} w0 w1 w2 w3 w4 … "
        "w25 w26 w27 w28 w29{+, end+}. x"
    )
