"""Boilerplate: what the articles of one site share joins none of them, in any order."""

import os
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from support import copies, ingest_rows, partition, query, run, value, write_jsonl

FULL = bool(os.environ.get("NEWSLOOM_FULL_TESTS"))
pytestmark = pytest.mark.usefixtures("inline")
Row = dict[str, Any]

SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo")


def words(seed: str, count: int) -> str:
    draw = random.Random(seed)
    return " ".join("".join(draw.choices(SYLLABLES, k=3)) for _ in range(count))


def page(name: str, text: str, footer: str = "", source: str = "gaceta") -> Row:
    return {
        "id": name, "source": source, "title": words(f"title {name}", 5), "language": "es",
        "text": f"{text}\n\n{footer}".strip(), "published_at": "2024-03-10T08:00:00Z",
    }  # fmt: skip


FOOTER, OTHER_FOOTER = words("footer", 40), words("other footer", 45)


def pages(footer: str, count: int = 24) -> list[Row]:
    """Different short articles of one site, with a reprint and a lengthened one among them."""
    some = [page(f"n{number}", words(f"text {number}", 40), footer) for number in range(count)]
    return [
        *some,
        page("reprint", words("text 3", 40), footer),
        page("longer", f"{words('text 5', 40)} {words('more', 8)}", footer),
    ]


def outcome(folder: Path) -> dict[str, Any]:
    return {
        "copies": copies(folder),
        "stories": partition(folder),
        "duplicates": query(folder, "FROM duplicates ORDER BY ALL"),
        "links": query(
            folder,
            "SELECT article_a, article_b, score, same_story, evidence FROM story_links "
            "ORDER BY ALL",
        ),
        "mentions": query(
            folder, "SELECT article_id, entity_id, surface, inherited FROM mentions ORDER BY ALL"
        ),
        "boilerplate": query(folder, "SELECT source, pick FROM facts.boilerplate ORDER BY ALL"),
    }


def test_a_footer_changes_neither_copies_nor_stories(tmp_path: Path) -> None:
    with_it, without_it = tmp_path / "with" / "data", tmp_path / "without" / "data"
    ingest_rows(with_it, pages(FOOTER))
    ingest_rows(without_it, pages(""))
    assert value(with_it, "SELECT count(*) FROM facts.boilerplate") > 5
    assert value(without_it, "SELECT count(*) FROM facts.boilerplate") == 0
    assert copies(with_it) == copies(without_it)
    assert len(copies(with_it)) == 2
    assert partition(with_it) == partition(without_it)


def test_a_wire_story_that_twenty_sites_print_is_one_story(tmp_path: Path) -> None:
    story = words("wire", 120)
    rows = [page(f"p{n}", story, words(f"foot {n}", 15), f"paper{n}") for n in range(20)]
    ingest_rows(tmp_path / "data", rows)
    assert len(partition(tmp_path / "data")) == 1
    assert len(copies(tmp_path / "data")) == 19


def test_versions_of_one_text_stay_copies(tmp_path: Path) -> None:
    """One site prints a text forty times, each time with a few words changed."""
    draw, text = random.Random(8), words("versions", 120).split()
    rows = []
    for number in range(40):
        edited = list(text)
        for place in draw.sample(range(120), 2):
            edited[place] = words(f"edit {number} {place}", 1)
        rows.append(page(f"v{number}", " ".join(edited)))
    ingest_rows(tmp_path / "data", rows)
    assert value(tmp_path / "data", "SELECT count(*) FROM facts.boilerplate") == 0
    assert len(copies(tmp_path / "data")) == 39


def test_a_page_of_nothing_but_boilerplate_is_no_copy(tmp_path: Path) -> None:
    rows = [*pages(FOOTER), page("bare-1", "", FOOTER), page("bare-2", "", f"{FOOTER} {FOOTER}")]
    ingest_rows(tmp_path / "data", rows)
    assert not copies(tmp_path / "data").keys() & {"bare-1", "bare-2"}
    assert (
        value(
            tmp_path / "data",
            "SELECT count(*) FROM facts.copy_bands SEMI JOIN "
            "(SELECT content_id FROM facts.live_revisions WHERE external_id LIKE 'bare-%') "
            "USING (content_id)",
        )
        == 0
    )


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Two sites with a footer each, what they print of each other, and what a third prints."""
    text = [words(f"text {number}", 40) for number in range(40)]
    shared = page("shared", text[2], FOOTER)
    return [
        *pages(FOOTER, 16),
        *(page(f"m{n}", text[20 + n], OTHER_FOOTER, "faro") for n in range(14)),
        page("taken-1", text[1], OTHER_FOOTER, "faro"),
        page("taken-2", text[21], FOOTER),
        page("bare", text[4], "", "eco"),
        page("quoted", FOOTER, "", "eco"),
        {**shared, "id": "same", "source": "eco"},
        {**shared, "id": "same-too", "source": "faro"},
        page("only-footer", "", FOOTER),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def in_one_run(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("boilerplate") / "data"
    with pytest.MonkeyPatch.context() as patched:
        from support import InlinePool

        patched.setattr("flows.run.Pool", InlinePool)
        ingest_rows(folder, rows)
    return outcome(folder)


def test_the_example_has_boilerplate_of_two_sites(in_one_run: dict[str, Any]) -> None:
    assert {row["source"] for row in in_one_run["boilerplate"]} == {"gaceta", "faro"}
    assert in_one_run["copies"]
    assert max(map(len, in_one_run["stories"])) == 4


@pytest.mark.parametrize("seed", range(20 if FULL else 3))
def test_a_shuffled_and_split_ingest_ends_the_same(
    tmp_path: Path, rows: list[Row], in_one_run: dict[str, Any], seed: int
) -> None:
    draw = random.Random(seed)
    shuffled = draw.sample(rows, len(rows))
    cuts = [0, *sorted(draw.sample(range(1, len(rows)), 2)), len(rows)]
    for number, (first, last) in enumerate(pairwise(cuts)):
        file = write_jsonl(tmp_path / f"part{number}.jsonl", shuffled[first:last])
        run(tmp_path / "data", file, batch_size=draw.choice((7, 500)))
    assert value(tmp_path / "data", "SELECT count(*) FROM facts.renewals") > 0
    assert outcome(tmp_path / "data") == in_one_run
