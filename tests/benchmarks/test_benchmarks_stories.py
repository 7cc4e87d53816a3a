"""The measures of stories: right on cases worked out by hand, and clear where data is absent."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from news_texts import articles

from benchmarks import story_engines, story_sets, story_strain
from benchmarks.stories import Measured, as_json, floors, main, measured, quality_table
from benchmarks.story_engines import Grouped
from benchmarks.story_margins import Margin, margins
from benchmarks.story_measures import Agreement, agreement
from benchmarks.story_report import aligned, margin_table, scale_table, strain_table
from benchmarks.story_strain import CASES, Strain
from newsloom import stories


def agree(labels: str, found: str) -> Agreement:
    return agreement(np.array([*map(ord, labels)]), np.array([*map(ord, found)]))


def test_a_partition_agrees_with_itself_whatever_the_names() -> None:
    assert agree("aabbc", "xxyyz") == (1, 1, 1, 1, 1, 1, 1)


def test_all_alone_is_precise_and_finds_nothing() -> None:
    found = agree("aabb", "wxyz")
    # Half of each event is with the article: itself.
    assert found[:2] == (1.0, 0.5)
    assert found[3:6] == (1.0, 0.0, 0.0)
    assert found.rand == 0


def test_all_together_finds_everything() -> None:
    found = agree("aabb", "xxxx")
    assert found[:2] == (0.5, 1.0)
    # Of six pairs, two are of one event.
    assert found[3:6] == pytest.approx((1 / 3, 1.0, 0.5))
    assert found.rand == 0


def test_a_mixed_case_by_hand() -> None:
    # Stories x = {a, a, b}, y = {a, b, b}: of three articles each, two of one event.
    found = agree("aabbba", "xxxyyy")
    assert found.bcubed_precision == pytest.approx((4 * 2 / 3 + 2 * 1 / 3) / 6)
    assert found.bcubed_recall == pytest.approx((4 * 2 / 3 + 2 * 1 / 3) / 6)
    # Three pairs an event, three a story; the right ones are aa in x and bb in y.
    assert found[3:6] == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    # By chance 6 * 6 / 15 = 2.4 pairs would be right; 2 are.
    assert found.rand == pytest.approx((2 - 2.4) / (6 - 2.4))


def test_nothing_to_join_and_nothing_joined_is_right() -> None:
    assert agree("ab", "xy") == (1, 1, 1, 1, 1, 1, 1)


def test_every_set_has_a_floor() -> None:
    assert set(floors()) == set(story_sets.LABELLED)
    assert all(0.8 < floor < 1 for floor in floors().values())


def test_a_floor_is_met_or_not() -> None:
    given = story_sets.news("ecbplus", [{"text": t, "cluster": "one"} for t in ("here", "there")])
    whole, split = Grouped(np.array([0, 0]), 0.5), Grouped(np.array([0, 1]), 0.5)
    lines = [measured(given, "whole", whole, 0.9), measured(given, "split", split, 0.9)]
    assert [line.met for line in lines] == [True, False]
    assert measured(given, "split", split).met
    head, first, second = quality_table(lines).splitlines()
    assert head.split()[:3] == ["SET", "ENGINE", "ARTICLES"]
    assert first.split()[-3:] == ["4", "0.90", "met"]
    assert second.endswith("not met")
    assert json.loads(as_json(lines, {}))["quality"][0]["found"]["bcubed_f1"] == 1


@pytest.mark.parametrize("given", [[], ["/nowhere"]])
def test_absent_data_is_named(given: list[str]) -> None:
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 1
    assert "make bench-stories DATA=FOLDER" in result.output


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, [str(tmp_path)])
    assert f"stories/{story_sets.LABELLED['ecbplus']} in {tmp_path}" in result.output


def test_newsloom_groups_a_small_set() -> None:
    rows = [{**row, "date": "2024-03-01"} for row in articles(6)]
    # The same report twice is one event, whatever else is there.
    given = story_sets.news("small", [*rows, rows[0]])
    found = story_engines.newsloom(given, stories.load())
    assert len(found.groups) == 7
    assert found.groups[0] == found.groups[6]
    assert found.cpu_seconds > 0


def test_each_alone_is_alone() -> None:
    given = story_sets.news("small", [{"text": "a"}, {"text": "a"}])
    (found,) = story_engines.alone([given])
    assert found.groups.tolist() == [0, 1]


def test_a_peer_that_is_not_installed_is_known() -> None:
    assert story_engines.installed("numpy")
    assert not story_engines.installed("no_such_peer")


def test_the_seeds_and_the_reports_of_their_event_join() -> None:
    found = {margin.name: margin for margin in margins(stories.load())}
    assert found["the two seeds"].score > 0.9
    assert all(margin.joined for margin in found.values() if margin.joins)


def test_a_strain_is_measured_on_made_up_texts() -> None:
    given = story_strain.weather(Path())
    few = story_sets.news("few", [{"text": text} for text in given.texts[:5]])
    found = story_strain.measure("weather", few)
    assert found.articles == 5
    assert 1 <= found.largest_story <= 5
    assert list(found.cpu_seconds) == ["sign", "link", "cluster"]
    line = strain_table([found]).splitlines()[1]
    assert line.startswith(CASES["weather"][1])


def test_tables_are_aligned() -> None:
    assert aligned(("NAME", "N"), [("a", "10")]) == "NAME   N\na     10"
    wrong = margin_table([Margin("a list page", 0.7, False, True)]).splitlines()[1]
    assert wrong.split() == ["a", "list", "page", "stays", "out", "joins", "0.700", "wrong"]
    strain = Strain("scale", 1_000, 5, 900, {"link": 1.25}, {"edges": 4_000}, 0, 2_000_000)
    text = scale_table(strain)
    assert "edges" in text
    assert text.splitlines()[-1].split()[-1] == "2"


def test_the_scale_takes_in_and_finds_edges_once() -> None:
    from benchmarks.story_scale import edges_of, index_of

    index = index_of([("a", "b", 0.9), ("b", "c", 0.6), ("a", "c", 0.4)])
    assert edges_of(index, {"a", "b"}) == [("a", "b", 0.9), ("b", "c", 0.6)]


def test_a_line_without_time_has_no_speed() -> None:
    line = Measured("ecbplus", "each alone", 2, agree("ab", "ab"), 0.0)
    assert quality_table([line]).splitlines()[1].split()[-1] == "1.000"
