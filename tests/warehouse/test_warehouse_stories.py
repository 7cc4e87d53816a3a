"""The row of a story: who tells it, since when, how it grows, where it plays, how it is worded."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lake_helpers import NOON
from story_helpers import DAY, Told, tell
from support import query, value

from newsloom.stories.features import NAMES

FLOOD = ("Ana Ruiz", "Peru/PE")


def _story(folder: Path, story: str = "s1") -> dict[str, Any]:
    (row,) = query(folder, f"FROM stories WHERE story_id = '{story}'")
    return row


def test_it_began_with_its_earliest_publication(tmp_path: Path) -> None:
    tell(tmp_path, [Told("a", "s1", published=NOON), Told("b", "s1", published=NOON - DAY),
                    Told("c", "s1", published=None, seen=NOON - 9 * DAY)])  # fmt: skip
    row = _story(tmp_path)
    assert (row["began_at"], row["began_from"]) == (NOON - DAY, "published")


def test_an_undated_story_began_when_it_was_first_seen(tmp_path: Path) -> None:
    tell(tmp_path, [Told("a", "s1", published=None, seen=NOON),
                    Told("b", "s1", published=None, seen=NOON - DAY)])  # fmt: skip
    row = _story(tmp_path)
    assert (row["began_at"], row["began_from"]) == (NOON - DAY, "first_seen")
    assert row["first_published_at"] is None


def test_it_lists_its_sources_those_with_most_articles_first(tmp_path: Path) -> None:
    tell(tmp_path, [Told("a", "s1", "zeta"), Told("b", "s1", "zeta"), Told("c", "s1", "alfa"),
                    Told("d", "s1", "beta", copy_of="a")])  # fmt: skip
    assert _story(tmp_path)["sources"] == ["zeta", "alfa", "beta"]


def test_the_list_of_sources_is_bounded(tmp_path: Path) -> None:
    tell(tmp_path, [Told(f"a{n}", "s1", f"source {n:02}") for n in range(20)])
    row = _story(tmp_path)
    assert (len(row["sources"]), row["source_count"]) == (12, 20)


def test_growth_counts_the_articles_of_the_last_day_copies_included(tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    hours = timedelta(hours=1)
    tell(tmp_path, [Told("a", "s1", seen=now - 23 * hours), Told("b", "s1", seen=now - 25 * hours),
                    Told("c", "s1", seen=now - hours, copy_of="a")])  # fmt: skip
    assert _story(tmp_path)["growth_24h"] == 2


@pytest.mark.parametrize(("days", "rate"), [(0, 4.0), (0.5, 4.0), (2, 2.0), (8, 0.5)])
def test_the_rate_takes_a_day_at_least(tmp_path: Path, days: float, rate: float) -> None:
    ends = [NOON, NOON, NOON, NOON + days * DAY]
    tell(tmp_path, [Told(f"a{n}", "s1", published=at) for n, at in enumerate(ends)])
    assert _story(tmp_path)["articles_per_day"] == rate


def test_countries_are_codes_by_articles(tmp_path: Path) -> None:
    tell(tmp_path, [Told("a", "s1", entities=["Peru/PE", "Chile/CL", "Ana Ruiz"]),
                    Told("b", "s1", entities=["Chile/CL", "Luis Vega"]),
                    Told("c", "s2", entities=["Ana Ruiz"])])  # fmt: skip
    assert _story(tmp_path)["top_countries"] == ["CL", "PE"]
    assert _story(tmp_path)["top_entities"] == ["Chile", "Ana Ruiz", "Luis Vega", "Peru"]
    assert _story(tmp_path, "s2")["top_countries"] == []


def test_wording_spreads_as_far_as_its_linked_articles_do(tmp_path: Path) -> None:
    tell(
        tmp_path,
        [Told("a", "s1"), Told("b", "s1"), Told("c", "s1"), Told("d", "s1", copy_of="a"),
         Told("e", "s2"), Told("f", "s3"), Told("g", "s3")],
        # A feature of 0 is not stored; a copy's link and one to another story do not count.
        [("a", "b", 0.9, 0.5), ("b", "c", 0.6, 0.0), ("a", "d", 1.0, 1.0), ("c", "e", 0.4, 1.0),
         ("f", "g", 0.9, 1.0)],
    )  # fmt: skip
    assert _story(tmp_path)["wording_spread"] == 0.75
    assert _story(tmp_path, "s2")["wording_spread"] is None
    assert _story(tmp_path, "s3")["wording_spread"] == 0.0


def test_the_model_has_the_feature_that_the_spread_is_read_from() -> None:
    assert "term_cosine" in NAMES


def test_a_story_of_a_split_group_says_so(tmp_path: Path) -> None:
    tell(tmp_path, [Told("a", "s1"), Told("b", "s2")], s1=0.75)
    assert _story(tmp_path)["raised_to"] == 0.75
    assert _story(tmp_path, "s2")["raised_to"] is None


def test_every_article_is_counted_once(tmp_path: Path) -> None:
    tell(tmp_path, [Told(f"a{n}", f"s{n % 3}", f"q{n % 2}", entities=FLOOD) for n in range(12)])
    assert value(tmp_path, "SELECT sum(article_count) FROM stories") == 12
    assert value(tmp_path, "SELECT count(*) FROM facts.live_story_articles") == 12
