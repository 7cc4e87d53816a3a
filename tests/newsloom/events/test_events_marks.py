"""Marks are the same in every language, and weigh what they prove."""

import pytest
from event_texts import FERRY

from newsloom.events import dates, numbers, places
from newsloom.events.features import by_id
from newsloom.events.marks import HEAD_CHARACTERS, MOST, Kind, marks
from newsloom.events.rarity import word_weight
from newsloom.events.spelling import folded, sound
from newsloom.events.words import words


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "a loss of 1,234.5 tonnes", "1234.5"),
        ("de", "ein Verlust von 1.234,5 Tonnen", "1234.5"),
        ("fr", "une perte de 1 234,5 tonnes", "1234.5"),
        ("en", "some 87,000 people", "87000"),
        ("de", "rund 87.000 Menschen", "87000"),
        ("en", "3.5 million pounds", "3500000"),
        ("de", "3,5 Millionen Pfund", "3500000"),
        ("ru", "3,5 миллиона фунтов", "3500000"),
        ("pl", "3,5 miliona funtów", "3500000"),
        ("es", "2 mil millones de euros", "2000000000"),
        ("de", "2 Milliarden Euro", "2000000000"),
        ("en", "2 billion euros", "2000000000"),
        ("de", "2 Billionen Euro", "2000000000000"),
        ("en", "up 12.4 percent", "12.4%"),
        ("es", "subió un 12,4 % ayer", "12.4%"),
        ("fr", "hausse de 12,4 pour cent", "12.4%"),
        ("en", "version 1.2.3.4567 of 2024", "2024"),
    ],
)
def test_a_number_has_one_form(language: str, text: str, name: str) -> None:
    assert [number.name for number in numbers.find(text, language)] == [name]


@pytest.mark.parametrize("text", ["at 12.30 Uhr", "at 12:30 today", "at 10 am", "no 7 at all", ""])
def test_hours_and_single_digits_are_no_numbers(text: str) -> None:
    assert numbers.find(text, "de") == []


def test_years_and_small_numbers_weigh_little() -> None:
    weights = {n.name: n.weight for n in numbers.find("2024; 17; 46; 214; 87,412", "en")}
    assert weights["2024"] < weights["17"] < weights["46"] < weights["214"] < weights["87412"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "on July 26 it"), ("en", "on the 26th of July it"), ("en", "on 26 July 2024"),
        ("de", "am 26. Juli war"), ("de", "am 26.07.2024 war"), ("es", "el 26 de julio fue"),
        ("fr", "le 26 juillet dernier"), ("ru", "26 июля на"), ("pl", "26 lipca w"),
        ("tr", "26 Temmuz günü"), ("vi", "ngày 26 tháng 7 năm"), ("zh-cn", "7月26日"),
        ("en", "dated 2024-07-26."),
    ],
)  # fmt: skip
def test_a_day_has_one_form(language: str, text: str) -> None:
    assert [day.name for day in dates.find(text, language)] == ["07-26"]


@pytest.mark.parametrize("text", ["in July 2024", "July 1,234 people", "30 February", "12/31/2024"])
def test_what_is_no_day(text: str) -> None:
    assert dates.find(text, "en") == []


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "in Greece", "GR"), ("en", "the Greek minister", "GR"),
        ("de", "in Griechenland", "GR"), ("fr", "en Grèce", "GR"), ("ru", "в Греции", "GR"),
        ("pl", "w Grecji", "GR"), ("ar", "في اليونان أمس", "GR"), ("zh-cn", "希腊政府", "GR"),
        ("de", "in Moskau", "Europe/Moscow"), ("es", "en Moscú", "Europe/Moscow"),
        ("tr", "Londra'da", "Europe/London"), ("en", "in New York today", "America/New_York"),
    ],
)  # fmt: skip
def test_a_place_has_one_id(language: str, text: str, value: str) -> None:
    found = places.find(text, words(text).capital, language)
    assert value in [place.value for place in found]


def test_us_is_no_country() -> None:
    text = "Us and them"
    assert places.find(text, words(text).capital, "en") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Zelensky", "en"), ("Зеленского", "ru")), (("Selenskyj", "de"), ("Зеленский", "ru")),
        (("Putin", "en"), ("Poutine", "fr")), (("Putin", "en"), ("Путиным", "ru")),
        (("Trump", "en"), ("ترامب", "ar")), (("Johnson", "en"), ("Джонсон", "ru")),
        (("Kaczyński", "pl"), ("Kaczyńskiego", "pl")), (("Mitsotakis", "en"), ("Μητσοτάκης", "el")),
    ],
)  # fmt: skip
def test_spellings_of_a_name_sound_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert sound(*one) == sound(*other) != ""


def test_a_folded_name_has_no_accents_and_no_genitive() -> None:
    assert folded("Erdoğan") == folded("ERDOGAN") == folded("Erdogans") == "erdogan"


def test_common_names_weigh_less_than_rare_ones() -> None:
    trump, merkel, rare = (word_weight(w, w, "de") for w in ("trump", "merkel", "brekkestad"))
    assert trump < 0.5
    assert merkel < 0.5
    assert rare > 3
    assert word_weight("covid", "covid", "de") <= 0.2


def test_the_marks_of_two_languages_meet() -> None:
    english, german, _, russian = (by_id(marks(r.title, r.text, r.language)) for r in FERRY)
    shared = {english[key].name for key in english.keys() & german.keys()}
    assert {"Ingrid Brekkestad", "Halvorsund", "Norway", "214", "07-26", "3500000"} <= shared
    assert {key[0] for key in english.keys() & russian.keys()} == set(Kind)


def test_the_title_is_lead_and_the_tail_is_not_read() -> None:
    text = "Nothing happened. " * (HEAD_CHARACTERS // 18 + 1) + "Then Halvorsund came."
    found = marks("Brekkestad", text, "en")
    assert [(mark.name, mark.in_lead) for mark in found if mark.kind == Kind.NAME][-1:] == [
        ("Brekkestad", True)
    ]
    assert "Halvorsund" not in [mark.name for mark in found]


@pytest.mark.parametrize("language", ["en", "de", "zh-cn", "ja", "ar", "th", "xx", "und"])
def test_any_text_has_bounded_marks(language: str) -> None:
    text = "".join(chr(n) for n in range(32, 0x3000, 7)) + "9" * 5000 + " 1.2.3.4.5,6,7 " * 99
    found = marks(text[:200], text, language)
    assert len(found) <= sum(MOST.values())
    assert found == marks(text[:200], text, language)
