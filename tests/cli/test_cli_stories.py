"""The front page and the page of a story, over stories written as facts."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from clicalls import call, refused
from support import ROOT

from cli.since import moment
from newsloom.errors import UsageError

sys.path.insert(0, str(ROOT / "tests" / "warehouse"))
from story_helpers import DAY, Told, tell

NOW = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
CASE = ("Ana Ruiz", "Luis Vega", "Puente Nuevo", "Peru/PE")
TITLE = "El río se lleva el puente nuevo y deja a dos pueblos sin camino desde hace tres días"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three stories: an old large one, a fresh follow-up of it, and an undated one."""
    made = tmp_path_factory.mktemp("front") / "data"
    old, fresh = NOW - 9 * DAY, NOW - timedelta(hours=5)
    told = [
        *(Told(f"a{n}", "slarge", f"fuente {n}", old, CASE, TITLE, seen=old) for n in range(3)),
        Told("a9", "slarge", "fuente 9", old, CASE, TITLE, seen=NOW - timedelta(hours=2)),
        Told("b1", "sfresh", "gaceta", fresh, CASE, "Ana Ruiz visita el puente", seen=fresh),
        Told("b2", "sfresh", "diario", fresh, CASE, "Ana Ruiz, en el puente", seen=fresh),
        Told("c1", "sundated", "gaceta", None, ("Eva Sol",), "Sin fecha", seen=NOW - 3 * DAY),
        Told("c2", "sundated", "diario", None, ("Eva Sol",), "Sin fecha", seen=NOW - 3 * DAY),
    ]
    links = [("a0", "a1", 0.9, 0.4), ("a1", "a2", 0.4, 0.2), ("b1", "b2", 0.9, 0.8),
             ("a0", "b1", 0.4, 0.2)]  # fmt: skip
    tell(made, told, links, sundated=0.75)
    return made


def _json(folder: Path, *arguments: str) -> Any:
    called = call(*arguments, "--json", "--warehouse", folder)
    assert called.code == 0, called.err
    return json.loads(called.out)


def _ids(folder: Path, *arguments: str) -> list[str]:
    return [row["story_id"] for row in _json(folder, "stories", *arguments)]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["sfresh", "slarge", "sundated"]),
        (["--sort", "size"], ["slarge", "sfresh", "sundated"]),
        (["--sort", "growth"], ["sfresh", "slarge", "sundated"]),
        (["--sort", "growth", "--since", "2w"], ["slarge", "sfresh", "sundated"]),
        (["--sort", "growth", "--since", "24h"], ["sfresh", "slarge"]),
        (["--sort", "growth", "--since", "3h"], ["slarge"]),
        (["--since", f"{NOW - 4 * DAY:%Y-%m-%d}"], ["sfresh", "slarge", "sundated"]),
        (["--since", f"{NOW - timedelta(hours=3):%Y-%m-%dT%H:%M}"], ["slarge"]),
        (["--since", f"{NOW + DAY:%Y-%m-%d}"], []),
    ],
)
def test_since_and_sort(folder: Path, arguments: list[str], expected: list[str]) -> None:
    assert _ids(folder, *arguments) == expected


def test_growth_is_counted_from_since(folder: Path) -> None:
    for since, growth in (("3h", 1), ("24h", 1), ("2w", 4)):
        rows = _json(folder, "stories", "--since", since)
        assert {r["story_id"]: r["growth"] for r in rows}["slarge"] == growth


def test_json_has_every_column_of_the_view_and_the_growth(folder: Path) -> None:
    from warehouse.views import PUBLIC_VIEWS

    (view,) = (view for view in PUBLIC_VIEWS if view.name == "stories")
    for row in _json(folder, "stories"):
        assert list(row) == [*(column.name for column in view.columns), "growth"]


def test_the_front_page_at_80_columns(folder: Path) -> None:
    called = call("stories", "--since", "24h", "--sort", "growth", "--warehouse", folder)
    began = f"{NOW - timedelta(hours=5):%b %d %H:%M}"
    if began.endswith("00:00"):
        began = f"{NOW - timedelta(hours=5):%Y-%m-%d}"
    assert called.lines[2:] == [
        "   NEW  ARTICLES   SOURCES  TITLE",
        "STORY      BEGAN            COUNTRIES AND NAMES",
        "",
        "    +2         2         2  Ana Ruiz visita el puente",
        f"sfresh     {began:<17}PE · Ana Ruiz, Luis Vega, Puente Nuevo",
        "",
        "    +1         4         4  El río se lleva el puente nuevo y deja a dos pueblo…",
        f"slarge     {NOW - 9 * DAY:%Y-%m-%d}       PE · Ana Ruiz, Luis Vega, Puente Nuevo",
    ]
    assert called.lines[0].startswith("Stories with articles new since ")


def test_the_front_page_at_120_columns_shows_whole_titles(folder: Path) -> None:
    called = call("stories", "--warehouse", folder, columns=120)
    assert TITLE in called.out
    assert called.lines[0] == "Stories, latest first"
    undated = [line for line in called.lines if line.startswith("sundated")]
    assert undated == [f"sundated   seen {NOW - 3 * DAY:%Y-%m-%d}  Eva Sol"]
    above = called.lines[called.lines.index(undated[0]) - 1]
    assert above.split()[0] == "·", "no articles of the last day"


@pytest.mark.parametrize("columns", [30, 60, 80, 120])
def test_no_line_is_too_long(folder: Path, columns: int) -> None:
    for command in (["stories"], ["story", "slarge"]):
        called = call(*command, "--warehouse", folder, columns=columns)
        assert called.code == 0
        if columns >= 60:
            assert all(len(line) <= columns for line in called.lines), called.out


def test_a_story_says_when_it_began_and_how_it_is_told(folder: Path) -> None:
    out = call("story", "slarge", "--warehouse", folder, columns=120).out
    assert f"began    {NOW - 9 * DAY:%Y-%m-%d %H:%M} · 1 new in 24 hours · 4 articles a day" in out
    assert "sources  fuente 0, fuente 1, fuente 2, fuente 9" in out
    assert "spread 0.70" in out
    assert "joined at 0.900" in out
    assert "linked at 0.400" in out, "a pair below the join score is not said to be joined by it"


def test_a_story_says_what_it_follows_and_what_follows_it(folder: Path) -> None:
    later = call("story", "sfresh", "--warehouse", folder, columns=120).out
    assert f"follows  slarge  {NOW - 9 * DAY:%Y-%m-%d}  El río se lleva" in later
    assert "both: Ana Ruiz, Luis Vega, Peru, Puente Nuevo" in later
    assert "followed by" not in later
    earlier = call("story", "slarge", "--warehouse", folder, columns=120).out
    assert f"followed by  sfresh  {NOW - timedelta(hours=5):%Y-%m-%d}  Ana Ruiz visita" in earlier
    assert "follows " not in earlier
    assert "follow" not in call("story", "sundated", "--warehouse", folder).out


def test_the_followups_are_in_the_json_of_a_story(folder: Path) -> None:
    later, earlier = (_json(folder, "story", story) for story in ("sfresh", "slarge"))
    assert [row["story_id"] for row in later["follows"]] == ["slarge"]
    assert [row["story_id"] for row in earlier["followed_by"]] == ["sfresh"]
    assert later["followed_by"] == earlier["follows"] == []
    assert later["follows"][0]["shared_terms"] == ["dique"]


def test_a_story_of_a_split_group_says_so(folder: Path) -> None:
    called = call("story", "sundated", "--warehouse", folder)
    assert "outsize group, by joining from 0.75 on only" in called.out
    assert "when its first article was read" in called.out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90m", datetime(2024, 2, 29, 22, 30)),
        ("24h", datetime(2024, 2, 29)),
        ("1W", datetime(2024, 2, 23)),
        ("2024-02-01", datetime(2024, 2, 1)),
        ("2024-02-01T18:30", datetime(2024, 2, 1, 18, 30)),
        ("2024-02-01 18:30:10", datetime(2024, 2, 1, 18, 30, 10)),
        ("2024-02-01T18:30+02:00", datetime(2024, 2, 1, 16, 30)),
        ("2024-02-01T18:30Z", datetime(2024, 2, 1, 18, 30)),
    ],
)
def test_moments(text: str, expected: datetime) -> None:
    assert moment(text, datetime(2024, 3, 1)) == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "24", "h", "-3d", "3x", "2024-13-01", "999999w", "0001-01-01T00:00+14:00"]
)
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(UsageError, match="neither a length of time nor a date"):
        moment(text, datetime(2024, 3, 1))


def test_a_wrong_since_is_refused_with_the_forms(folder: Path) -> None:
    message = refused(call("stories", "--since", "yesterday", "--warehouse", folder))
    assert "24h" in message
    assert "2024-03-01" in message
