"""Follow-ups: successive stories of one topic, linked by edges and entities, in one direction."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from lake_helpers import NOON
from story_helpers import DAY, Told, tell
from support import query

CASE = ("Ana Ruiz", "Luis Vega", "Puente Nuevo")
LINKED = [("a", "b", 0.4, 0.3)]


def _followups(folder: Path) -> list[dict[str, Any]]:
    return query(folder, "FROM story_followups ORDER BY story_id, days_between")


def _pairs(folder: Path) -> list[tuple[str, str, bool]]:
    return [(r["story_id"], r["follows_story_id"], r["nearest"]) for r in _followups(folder)]


def test_the_later_of_two_linked_stories_follows_the_earlier(tmp_path: Path) -> None:
    tell(tmp_path, [Told("a", "s9", entities=CASE, published=NOON),
                    Told("b", "s1", entities=CASE, published=NOON + 3 * DAY)], LINKED)  # fmt: skip
    (row,) = _followups(tmp_path)
    assert (row["story_id"], row["follows_story_id"], row["nearest"]) == ("s1", "s9", True)
    assert row["days_between"] == 3
    assert row["linked_pairs"] == 1
    assert row["shared_entities"] == sorted(CASE)
    assert row["shared_terms"] == ["dique"]
    assert row["entity_overlap"] == 1


def test_articles_of_one_story_are_no_follow_up(tmp_path: Path) -> None:
    tell(tmp_path, [Told("a", "s1", entities=CASE), Told("b", "s1", entities=CASE)], LINKED)
    assert _followups(tmp_path) == []


def test_edges_alone_do_not_do(tmp_path: Path) -> None:
    tell(tmp_path, [Told("a", "s1"), Told("b", "s2", published=NOON + DAY)], LINKED)
    assert _followups(tmp_path) == []


def test_entities_alone_do_not_do(tmp_path: Path) -> None:
    tell(tmp_path, [Told("a", "s1", entities=CASE), Told("b", "s2", entities=CASE)])
    assert _followups(tmp_path) == []


def test_countries_and_two_names_do_not_do(tmp_path: Path) -> None:
    shared = [*CASE[:2], "Peru/PE", "Chile/CL"]
    tell(tmp_path, [Told("a", "s1", entities=shared), Told("b", "s2", entities=shared)], LINKED)
    assert _followups(tmp_path) == []


def test_names_that_all_stories_have_do_not_do(tmp_path: Path) -> None:
    """As the rating agencies that every debt offer names."""
    told = [Told(f"x{n}", f"t{n}", entities=CASE) for n in range(8)]
    told += [Told("a", "s1", entities=CASE), Told("b", "s2", entities=CASE)]
    tell(tmp_path, told, LINKED)
    assert _followups(tmp_path) == []


def test_six_of_such_names_do(tmp_path: Path) -> None:
    """As the players of an affair that a whole month is full of."""
    cast = [f"Persona {n}" for n in range(6)]
    told = [Told(f"x{n}", f"t{n}", entities=cast) for n in range(8)]
    told += [Told("a", "s1", entities=cast), Told("b", "s2", entities=cast)]
    tell(tmp_path, told, LINKED)
    assert _pairs(tmp_path) == [("s2", "s1", True)]


def test_a_name_that_half_of_a_story_leaves_out_is_not_main(tmp_path: Path) -> None:
    told = [Told("a", "s1", entities=CASE), Told("a2", "s1"), Told("a3", "s1"),
            Told("b", "s2", entities=CASE)]  # fmt: skip
    tell(tmp_path, told, LINKED)
    assert _followups(tmp_path) == []


def test_of_several_the_latest_before_it_is_the_nearest(tmp_path: Path) -> None:
    told = [Told(x, f"s{x}", entities=CASE, published=NOON + n * DAY) for n, x in enumerate("abc")]
    links = [("a", "b", 0.9, 0.3), ("b", "c", 0.4, 0.3), ("a", "c", 0.8, 0.3)]
    tell(tmp_path, told, links)
    assert _pairs(tmp_path) == [
        ("sb", "sa", True), ("sc", "sb", True), ("sc", "sa", False),
    ]  # fmt: skip


def test_what_began_at_one_moment_is_put_in_order_by_id(tmp_path: Path) -> None:
    tell(tmp_path, [Told("a", "s2", entities=CASE), Told("b", "s1", entities=CASE)], LINKED)
    assert _pairs(tmp_path) == [("s2", "s1", True)]


def test_a_dated_and_an_undated_story_have_no_order(tmp_path: Path) -> None:
    tell(tmp_path, [Told("a", "s1", entities=CASE),
                    Told("b", "s2", entities=CASE, published=None)], LINKED)  # fmt: skip
    assert _followups(tmp_path) == []


def test_there_is_no_cycle_and_one_nearest_at_most(tmp_path: Path) -> None:
    ids = [f"a{n:02}" for n in range(12)]
    cast = [f"Persona {n}" for n in range(6)]
    told = [
        Told(x, f"s{n * 7 % 12:02}", entities=cast, published=NOON + timedelta(hours=n // 3))
        for n, x in enumerate(ids)
    ]
    links = [(a, b, 0.3 + n / 100, 0.2) for n, a in enumerate(ids) for b in ids if a < b]
    tell(tmp_path, told, links)
    began = {r["story_id"]: r["began_at"] for r in query(tmp_path, "FROM stories")}
    pairs = _pairs(tmp_path)
    assert len(pairs) == 12 * 11 / 2
    assert all((began[later], later) > (began[first], first) for later, first, _ in pairs)
    nearest = [later for later, _, near in pairs if near]
    assert len(nearest) == len(set(nearest)) == 11
