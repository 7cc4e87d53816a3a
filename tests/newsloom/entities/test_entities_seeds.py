"""The two seeds report one event in different words; the second has Many Needless Capitals."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Row = dict[str, Any]
SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def seeds(tag: Callable[..., list[Row]]) -> list[list[Row]]:
    return [tag(path.read_text("utf-8")) for path in SEEDS]


@pytest.fixture(params=[0, 1], ids=["first", "second"])
def seed(request: pytest.FixtureRequest, seeds: list[list[Row]]) -> list[Row]:
    return seeds[request.param]


def _names(rows: list[Row], type_: str) -> set[str]:
    return {row["name"] for row in rows if row["type"] == type_}


def _id(rows: list[Row], name: str) -> str:
    (found,) = {row["entity_id"] for row in rows if row["name"] == name}
    return found


def test_people_are_found_under_their_full_names(seed: list[Row]) -> None:
    people = _names(seed, "person")
    assert people >= {
        "Mohamed Bazoum", "Ali Mahamane Lamine Zeine", "Vladimir Putin", "Joe Biden"
    }  # fmt: skip
    assert not people & {"Bazoum", "Putin", "Biden", "Ali Mahamane", "Lamine Zeine", "Singh"}


def test_bare_surnames_are_the_person_introduced_before(seed: list[Row]) -> None:
    bare = [row for row in seed if row["surface"] == "Bazoum"]
    assert bare
    assert {row["name"] for row in bare} == {"Mohamed Bazoum"}


def test_countries_are_found_from_names_and_demonyms(seed: list[Row]) -> None:
    wikidata = {
        "Niger": "Q1032", "Mali": "Q912", "Burkina Faso": "Q965", "Ghana": "Q117",
        "France": "Q142", "Russia": "Q159", "United States": "Q30", "Nigeria": "Q1033",
    }  # fmt: skip
    assert _names(seed, "country") >= set(wikidata)
    for row in seed:
        if row["type"] == "country":
            assert row["entity_id"] == row["wikidata_id"]
            assert row["wikidata_id"] == wikidata.get(row["name"], row["wikidata_id"])
            assert row["country_code"]
            assert -90 <= row["latitude"] <= 90


def test_long_forms_and_acronym_are_one_entity(seed: list[Row]) -> None:
    surfaces = {row["surface"] for row in seed if row["name"] == "ECOWAS"}
    assert len(surfaces) == 2
    assert "ECOWAS" in surfaces


def test_both_seeds_share_the_ids_of_what_they_share(seeds: list[list[Row]]) -> None:
    first, second = seeds
    for name in ("ECOWAS", "ECCAS", "Mohamed Bazoum", "Vladimir Putin", "Niger", "Sahel"):
        assert _id(first, name) == _id(second, name)
    ids = [{row["entity_id"] for row in rows} for rows in seeds]
    assert len(ids[0] & ids[1]) / len(ids[0] | ids[1]) > 0.55


def test_capitalised_common_words_are_no_entities(seeds: list[list[Row]]) -> None:
    junk = {
        "Willingness", "Refusal", "Colonial", "Military Junta", "Negotiations", "Destabilization",
        "Transitional", "Legitimacy", "Fluid as International Actors", "Junta Supporters",
        "Status", "Objectives", "Junta", "Sanctions", "Western", "West", "Coup", "Region",
    }  # fmt: skip
    for rows in seeds:
        assert not junk & {row["surface"] for row in rows}
        assert not junk & {row["name"] for row in rows}


def test_no_surface_keeps_a_title_an_article_or_a_possessive(seed: list[Row]) -> None:
    for row in seed:
        assert not row["surface"].startswith(("the ", "The ", "President ", "Prime Minister "))
        assert not row["surface"].endswith(("'s", "’s"))
