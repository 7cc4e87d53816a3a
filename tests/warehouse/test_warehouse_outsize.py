"""Stories that are too large to be one event are said in the checks."""

from pathlib import Path
from typing import Any

import pytest
from story_helpers import Told, tell
from support import query, value

from warehouse.lake import Lake


def _check(folder: Path, name: str) -> dict[str, Any]:
    (row,) = query(folder, f"FROM checks WHERE name = '{name}'")
    return row


def _tell(folder: Path, largest: int, others: int, copies: int = 0) -> None:
    articles = [Told(f"a{n:04}", "s0") for n in range(largest)]
    articles += [Told(f"b{n:04}", f"s{n + 1}") for n in range(others)]
    articles += [Told(f"c{n:04}", "s0", copy_of="a0000") for n in range(copies)]
    tell(folder, articles)


@pytest.mark.parametrize(
    ("largest", "others", "status"),
    [(1, 0, "ok"), (40, 0, "ok"), (99, 0, "ok"), (100, 0, "warn"), (300, 0, "bad"),
     (150, 3000, "ok"), (160, 3000, "warn")],
)  # fmt: skip
def test_the_largest_story_alarms_by_size_and_share(
    tmp_path: Path, largest: int, others: int, status: str
) -> None:
    _tell(tmp_path, largest, others)
    row = _check(tmp_path, "largest_story")
    assert (row["value"], row["unit"], row["status"]) == (largest, "articles", status)
    assert f"{100 * largest / (largest + others):.1f} % of all" in row["reason"]


def test_copies_make_no_story_outsize(tmp_path: Path) -> None:
    _tell(tmp_path, 2, 3, copies=400)
    assert _check(tmp_path, "largest_story")["value"] == 2
    assert _check(tmp_path, "largest_story")["status"] == "ok"


def test_an_empty_warehouse_is_well(tmp_path: Path) -> None:
    tell(tmp_path, [])
    assert {row["status"] for row in query(tmp_path, "FROM checks")} == {"ok"}


@pytest.mark.parametrize(("split", "status"), [(0, "ok"), (3, "ok"), (50, "warn"), (500, "bad")])
def test_stories_of_split_groups_are_counted(tmp_path: Path, split: int, status: str) -> None:
    articles = [Told(f"a{n}", f"s{n}") for n in range(max(split, 5))]
    tell(tmp_path, articles, (), **{f"s{n}": 0.8 for n in range(split)})
    row = _check(tmp_path, "split_stories")
    assert (row["value"], row["unit"], row["status"]) == (split, "stories", status)
    assert ("stories.raised_to" in row["reason"]) == bool(split)


def test_a_story_that_is_no_more_is_not_counted(tmp_path: Path) -> None:
    tell(tmp_path, [Told("a", "s1")], s1=0.8)
    tell(tmp_path, [Told("a", "s2")])
    assert _check(tmp_path, "split_stories")["value"] == 0


def test_a_warehouse_from_before_gets_the_column(tmp_path: Path) -> None:
    tell(tmp_path, [Told("a", "s1")])
    with Lake(tmp_path) as lake:
        lake.connection.execute("ALTER TABLE lake.story_states DROP COLUMN raised_to")
        lake.connection.execute("UPDATE lake.schema_versions SET version = 1")
    tell(tmp_path, [Told("b", "s2")], s2=0.7)
    rows = query(tmp_path, "SELECT story_id, round(raised_to, 2) AS r FROM stories ORDER BY 1")
    assert [(row["story_id"], row["r"]) for row in rows] == [
        ("s1", None),
        ("s2", pytest.approx(0.7)),
    ]
    assert value(tmp_path, "SELECT value FROM checks WHERE name = 'split_stories'") == 1
