"""What names mean within an article: aliases, acronyms, demonyms and their false friends."""

from collections.abc import Callable
from typing import Any

import pytest

Row = dict[str, Any]
Tag = Callable[..., list[Row]]


def _named(rows: list[Row]) -> dict[str, tuple[str, str]]:
    return {row["surface"]: (row["name"], row["type"]) for row in rows}


@pytest.mark.parametrize(
    ("text", "country", "surfaces"),
    [
        ("Nigerien troops left, officials said.", "Niger", ["Nigerien"]),
        ("Nigerian troops left, officials said.", "Nigeria", ["Nigerian"]),
        ("The French minister met other Frenchmen.", "France", ["French"]),
        ("A Chadian soldier crossed into Chad.", "Chad", ["Chadian", "Chad"]),
        ("US forces, U.S. ships and the USA won.", "United States", ["US", "U.S.", "USA"]),
        ("The United States of America grew.", "United States", ["United States of America"]),
        ("Britain and the U.K. left, British papers say.", "United Kingdom",
         ["Britain", "U.K.", "British"]),
        ("Turkish officials welcomed him to Turkey.", "Türkiye", ["Turkish", "Turkey"]),
        ("Ivorian troops returned to Ivory Coast.", "Côte d’Ivoire", ["Ivorian", "Ivory Coast"]),
        ("Dutch police in the Netherlands said so.", "Netherlands", ["Dutch", "Netherlands"]),
        ("The South Korean navy left South Korea.", "South Korea", ["South Korean", "South Korea"]),
    ],
)  # fmt: skip
def test_names_and_demonyms_mean_their_country(
    tag: Tag, text: str, country: str, surfaces: list[str]
) -> None:
    found = _named(tag(text))
    for surface in surfaces:
        assert found[surface] == (country, "country")


def test_two_countries_in_one_word_are_two(tag: Tag) -> None:
    rows = tag("The Russia-Ukraine war and the U.S.-China trade talks went on.")
    assert [row["name"] for row in rows] == ["Russia", "Ukraine", "United States", "China"]


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan scored 40 points for his team. Jordan praised the others.",
        "Chad Johnson won the race in Ohio. Chad was delighted.",
        "Voters in Georgia went to the polls in Atlanta. Georgia is a swing state.",
        "They had roast turkey with fine china in New Mexico and New Jersey.",
        "Bank of America, Air France and American Airlines fell in trading.",
        "The New England Patriots won again, fans said.",
    ],
)
def test_namesakes_of_countries_are_none(tag: Tag, text: str) -> None:
    assert not [row for row in tag(text) if row["type"] == "country"]


def test_a_namesake_is_the_country_where_the_article_means_it(tag: Tag) -> None:
    rows = tag("Protesters in Tbilisi demanded new elections in Georgia, Georgian media said.")
    assert {row["country_code"] for row in rows} == {None, "GE"}
    rows = tag("The king of Jordan arrived in Amman on Monday. Jordan will host the summit.")
    assert {row["name"] for row in rows if row["type"] == "country"} == {"Jordan"}


def test_titles_and_possessives_are_cut_off(tag: Tag) -> None:
    rows = tag("Prime Minister Keir Starmer's plan angered Senator Marco Rubio and Mr. Macron.")
    assert list(_named(rows)) == ["Keir Starmer", "Marco Rubio", "Macron"]


def test_surnames_and_first_names_mean_the_one_person_who_bears_them(tag: Tag) -> None:
    found = _named(
        tag("Angela Merkel met Mohammed bin Salman. Merkel smiled. Bin Salman and Angela left.")
    )
    assert found["Merkel"][0] == found["Angela"][0] == "Angela Merkel"
    assert found["Bin Salman"][0] == "Mohammed bin Salman"


def test_a_surname_that_two_people_bear_stays_by_itself(tag: Tag) -> None:
    rows = tag("Hillary Clinton met Bill Clinton in Paris. Clinton said she was happy.")
    people = {row["name"]: row["entity_id"] for row in rows if row["type"] == "person"}
    assert list(people) == ["Hillary Clinton", "Bill Clinton", "Clinton"]
    assert len(set(people.values())) == 3


def test_the_headline_shares_the_people_of_the_text(tag: Tag) -> None:
    rows = tag("Donald Tusk spoke on Monday. Tusk left.", title="Tusk Wins Vote In Parliament")
    assert rows[0]["in_title"]
    assert {row["name"] for row in rows} == {"Donald Tusk"}


def test_headlines_in_title_case_or_capitals_name_the_same(tag: Tag) -> None:
    text = "The White House said that Joe Biden would travel soon."
    for title in ("White House Says Joe Biden To Visit Germany And Poland Next Week",
                  "WHITE HOUSE SAYS JOE BIDEN TO VISIT GERMANY AND POLAND NEXT WEEK"):  # fmt: skip
        names = {row["name"] for row in tag(text, title=title) if row["in_title"]}
        assert names >= {"Joe Biden", "Germany", "Poland"}
        assert not names & {"Visit Germany", "Next Week", "Says"}


def test_a_defined_acronym_means_its_long_form(tag: Tag) -> None:
    rows = tag("The International Monetary Fund (IMF) agreed. IMF staff and the IMF left.")
    assert {row["entity_id"] for row in rows} == {rows[0]["entity_id"]}
    assert len(rows) == 4
    assert rows[0]["name"] == "International Monetary Fund"


def test_a_short_acronym_is_the_same_as_its_long_form_alone(tag: Tag) -> None:
    defined = tag("The International Monetary Fund (IMF) agreed on Monday.")
    alone = tag("The International Monetary Fund agreed on Monday.")
    assert defined[0]["entity_id"] == alone[0]["entity_id"]


def test_one_short_acronym_of_two_parties_is_two_entities(tag: Tag) -> None:
    first = tag("The People's Democratic Party (PDP) won in Nigeria.")
    second = tag("The Progressive Democratic Party (PDP) won in Malta.")
    assert not {row["entity_id"] for row in first if row["surface"] == "PDP"} & {
        row["entity_id"] for row in second
    }


def test_a_long_acronym_outlives_slips_in_its_long_form(tag: Tag) -> None:
    texts = [
        "The Association of Southeast Asian Nations (ASEAN) met. ASEAN agreed.",
        "The Association of South East Asian Nations (ASEAN) met. ASEAN agreed.",
        "Ministers of ASEAN met on Monday.",
    ]
    ids = {row["entity_id"] for text in texts for row in tag(text) if "ASEAN" in row["surface"]}
    assert len(ids) == 1


def test_an_acronym_of_a_country_is_the_country(tag: Tag) -> None:
    rows = tag("The Democratic Republic of the Congo (DRC) asked for help. DRC officials left.")
    assert {row["country_code"] for row in rows} == {"CD"}


def test_groups_are_one_in_singular_and_plural(tag: Tag) -> None:
    rows = tag("Republicans voted for the bill. A Republican senator said Democrats lost.")
    names = [row["name"] for row in rows if row["type"] == "group"]
    assert names == ["Republican", "Republican", "Democrat"]


def test_points_of_the_compass_are_nobody(tag: Tag) -> None:
    rows = tag("Western leaders met. The West and the East disagreed, Western officials said.")
    assert rows == []


def test_parts_of_continents_have_one_name(tag: Tag) -> None:
    rows = tag("West African leaders met in West Africa, African and European diplomats said.")
    assert [row["name"] for row in rows] == ["West Africa", "West Africa", "Africa", "Europe"]
