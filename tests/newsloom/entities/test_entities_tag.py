"""tag() as its callers see it."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from newsloom import entities
from newsloom.entities.articles import TAGGED_CHARACTERS
from newsloom.schema import MENTION

Row = dict[str, Any]
Tag = Callable[..., list[Row]]


def _found(rows: list[Row]) -> list[tuple[str, str, str]]:
    return [(row["surface"], row["name"], row["type"]) for row in rows]


def test_importing_is_cheap() -> None:
    code = (
        "import sys, newsloom.entities; "
        "assert not {'spacy', 'wordfreq', 'babel', 'prefect', 'duckdb'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_row_has_all_columns(tag: Tag) -> None:
    (row,) = tag("The talks were held in Germany.")
    assert row == {
        "article_id": "a1", "entity_id": "Q183", "name": "Germany", "type": "country",
        "surface": "Germany", "char_start": 23, "char_end": 30, "in_title": False,
        "wikidata_id": "Q183", "country_code": "DE", "latitude": 51.0, "longitude": 9.0,
    }  # fmt: skip


def test_no_documents_give_an_empty_table() -> None:
    none = pa.table({name: pa.array([], pa.string()) for name in entities._COLUMNS})
    assert entities.tag(none).schema == MENTION


def test_rows_without_id_or_text_give_nothing() -> None:
    documents = pa.table(
        {
            "article_id": pa.array([None, "a2"], pa.string()),
            "title": ["Germany", "Germany"],
            "text": pa.array(["Germany", None], pa.string()),
            "language": ["en", "en"],
            "other": [1, 2],
        }
    )
    assert entities.tag(documents).num_rows == 0


TEXTS = [
    "Angela Merkel met Emmanuel Macron in Paris. Merkel praised France.",
    "The World Health Organization (WHO) sent doctors to Chad, the WHO said.",
    "Protests In The Capital Grew On Monday As Police Used Tear Gas, Witnesses Said. " * 4,
    "",
    "Präsident Macron besuchte Deutschland und Japan.",
]


def test_an_article_does_not_depend_on_its_neighbours(tag: Tag) -> None:
    rows = [
        {"article_id": f"a{n}", "title": "Talks", "text": text, "language": "en"}
        for n, text in enumerate(TEXTS)
    ]
    together = entities.tag(pa.Table.from_pylist(rows)).to_pylist()
    backwards = entities.tag(pa.Table.from_pylist(rows[::-1])).to_pylist()
    alone = [row for doc in rows for row in entities.tag(pa.Table.from_pylist([doc])).to_pylist()]
    assert together == alone
    assert sorted(map(repr, together)) == sorted(map(repr, backwards))


def test_rows_are_in_order_of_place_title_first(tag: Tag) -> None:
    rows = tag("Joe Biden flew to Japan and Italy.", title="Biden travels to Japan")
    places = [(not row["in_title"], row["char_start"]) for row in rows]
    assert places == sorted(places)
    assert rows[0]["in_title"]
    assert not rows[-1]["in_title"]


def test_ids_are_the_same_in_every_article(tag: Tag) -> None:
    first = tag("Al-Qaeda fighters attacked a base in Mali on Monday, officials said.")
    second = tag("The group is linked to al Qaeda, officials in Mali said on Monday.")
    assert {row["entity_id"] for row in first} == {row["entity_id"] for row in second}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "😀😀😀",
        "\x00\x01\x07Joe Biden\x0c met\u202e Emmanuel Macron\u202c\x1b[0m in Paris.",
        "مرحبا Joe Biden في واشنطن 😀 שלום Paris",
        "Joe Biden" * 2_000,
        "(" * 5_000,
        "-" * 5_000 + "Paris" + "'" * 5_000,
        "U.S." * 500,
        "A B C D E " * 500,
        "(ABC) " * 500,
        "Visit https://www.example.com/Paris and write to Paris@example.com",
        "İSTANBUL ǅ ß ﬃ İstanbul",
    ],
)
@pytest.mark.parametrize("title", ["", None, "\x00", "😀 PARIS 😀"])
def test_hostile_texts_do_no_harm(tag: Tag, text: str, title: str | None) -> None:
    tag(text, title=title)


def test_invisible_characters_are_no_part_of_a_name(tag: Tag) -> None:
    rows = tag("\x00 Joe Biden\x07 met \u202eEmmanuel Macron\u202c in Paris \u200e.")
    assert [row["surface"] for row in rows] == ["Joe Biden", "Emmanuel Macron", "Paris"]


def test_of_a_very_long_text_the_start_is_tagged(tag: Tag) -> None:
    rows = tag("Joe Biden met Emmanuel Macron. " + "x " * 150_000 + "They met in Germany.")
    assert _found(rows)[:1] == [("Joe Biden", "Joe Biden", "person")]
    assert all(row["char_end"] <= TAGGED_CHARACTERS for row in rows)


def test_long_texts_are_tagged_piece_by_piece_with_offsets_kept(tag: Tag) -> None:
    text = "Nothing of note happened there that day.\n\n" * 400 + "Angela Merkel was in Berlin."
    assert _found(tag(text)) == [
        ("Angela Merkel", "Angela Merkel", "person"), ("Berlin", "Berlin", "place")
    ]  # fmt: skip


def test_other_languages_have_their_countries_tagged(tag: Tag) -> None:
    rows = tag("Der Bundeskanzler reiste nach Frankreich, sagte Macron.", "", "de")
    assert _found(rows) == [("Frankreich", "France", "country")]


def test_of_an_undetermined_language_only_english_is_tagged(tag: Tag) -> None:
    english = "The president of France said that it was the end of the talks in the city."
    assert _found(tag(english, language="und")) == [("France", "France", "country")]
    assert tag(english, language=None)
    assert not tag("Der Präsident reiste am Montag nach Frankreich und kam zurück.", "", "und")
    assert not tag("Frankreich", "", "und")


def test_urls_dates_and_numbers_are_no_entities(tag: Tag) -> None:
    text = "On Tuesday, 12 May 2020, about 40 percent paid $5 at www.example.com, the second time."
    assert tag(text) == []
