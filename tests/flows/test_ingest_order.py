"""The outcome depends on the articles alone: not on their order, nor on how runs divide them."""

import os
import random
from pathlib import Path
from typing import Any

import pytest
from news_texts import Row, articles, copied
from support import copies, ingest_rows, partition, query, run, write_jsonl

FULL = bool(os.environ.get("NEWSLOOM_FULL_TESTS"))
pytestmark = pytest.mark.usefixtures("inline")


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Events reported once or twice, exact copies, light edits, and an undated report."""
    given = articles(16, seed=5)
    undated = {k: v for k, v in copied(given[5], "undated").items() if k != "published_at"}
    edited = given[7]["text"].replace(" y ", " e incluso ", 1)
    return [
        *given,
        copied(given[0], "copy-0", published_at="2024-04-02T08:00:00Z"),
        copied(given[0], "copy-00", published_at="2024-02-27T08:00:00Z"),
        {**given[7], "id": "exact-7", "source": "eco"},
        {**given[7], "id": "edit-7", "source": "otro", "text": edited},
        undated,
    ]


@pytest.fixture(scope="module")
def in_one_run(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("order") / "data"
    with pytest.MonkeyPatch.context() as patched:
        from support import InlinePool

        patched.setattr("flows.run.Pool", InlinePool)
        ingest_rows(folder, rows)
    return _outcome(folder)


def test_the_example_has_stories_and_copies(in_one_run: dict[str, Any]) -> None:
    assert {"copy-0", "undated", "n0"} <= in_one_run["copies"].keys()
    assert any(len(story) > 1 for story in in_one_run["stories"])
    assert len(in_one_run["stories"]) > 2
    assert in_one_run["mentions"]


@pytest.mark.parametrize("seed", range(20 if FULL else 2))
def test_a_shuffled_and_split_ingest_ends_the_same(
    tmp_path: Path, rows: list[Row], in_one_run: dict[str, Any], seed: int
) -> None:
    draw = random.Random(seed)
    shuffled = draw.sample(rows, len(rows))
    cut = draw.randrange(1, len(rows))
    for number, part in enumerate((shuffled[:cut], shuffled[cut:])):
        file = write_jsonl(tmp_path / f"part{number}.jsonl", part)
        run(tmp_path / "data", file, batch_size=draw.choice((7, 500)))
    assert _outcome(tmp_path / "data") == in_one_run


def _outcome(folder: Path) -> dict[str, Any]:
    mentions = (
        "SELECT external_id, entity_id, m.surface, char_start, in_title, inherited "
        "FROM mentions AS m JOIN articles USING (article_id) ORDER BY ALL"
    )
    links = "SELECT article_a, article_b, score, same_story, evidence FROM story_links ORDER BY ALL"
    similar = "SELECT * FROM duplicates ORDER BY ALL"
    return {
        "copies": copies(folder),
        "stories": partition(folder),
        "mentions": query(folder, mentions),
        "entities": query(folder, "FROM entities ORDER BY ALL"),
        "links": query(folder, links),
        "duplicates": query(folder, similar),
    }
