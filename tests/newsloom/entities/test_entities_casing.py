"""Casing repair keeps every character in its place."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsloom.entities import casing, dictionary, shouting

TITLE_CASED = (
    "The Government Announced Its Willingness To Negotiate A Peaceful Solution. "
    "However, The Opposition Has Rejected Several Proposals In Germany And France, "
    "Citing Previous Agreements And Further Sanctions Against Military Leaders. "
) * 2
ORDINARY = (
    "The government announced its willingness to negotiate a peaceful solution. However, the "
    "opposition has rejected several proposals in Germany and France, citing previous agreements "
    "and further sanctions against military leaders, officials in Berlin said on Monday. "
) * 2

words = st.sampled_from(
    [
        *("The", "Willingness", "Talks", "Of", "Germany", "President", "Angela", "Merkel", "NATO"),
        *("U.S.", "İstanbul", "Straße", "ﬁne", "Ǆ", "😀", "military", "leaders", "Mid-Term"),
        *("Month’s", "said.", "\n", "-", "("),
    ]
)
texts = st.one_of(st.text(max_size=200), st.lists(words, max_size=60).map(" ".join))


def test_title_case_is_told_from_ordinary_case() -> None:
    assert casing.title_case_share(TITLE_CASED) > 0.9
    assert casing.title_case_share(ORDINARY) < 0.1
    assert casing.title_case_share("") == 0.0


def test_ordinary_text_is_left_alone() -> None:
    assert casing.repair(ORDINARY) is None
    assert shouting.calm(ORDINARY) is None


def test_ordinary_words_get_small_and_names_stay() -> None:
    repaired = casing.repair(TITLE_CASED)
    assert repaired is not None
    assert repaired.startswith("The government announced its willingness to negotiate")
    assert "However, the opposition" in repaired
    assert "in Germany and France, citing" in repaired


def test_ranges_to_keep_are_kept() -> None:
    start = TITLE_CASED.index("Peaceful Solution")
    repaired = casing.repair(TITLE_CASED, [(start, start + 17)])
    assert repaired is not None
    assert "a Peaceful Solution" in repaired


@settings(max_examples=200, deadline=None)
@given(texts)
def test_repair_changes_nothing_but_case(text: str) -> None:
    for repaired in (
        casing.repair(TITLE_CASED + text),
        casing.repair_title(text, (), ""),
        casing.repair_title(text, (), TITLE_CASED),
        shouting.calm(text),
        shouting.calm(text.upper()),
    ):
        if repaired is not None:
            sources = (TITLE_CASED + text, text, text.upper())
            assert any(_same_but_for_case(repaired, source) for source in sources)


def _same_but_for_case(left: str, right: str) -> bool:
    pairs = zip(left, right, strict=False)
    return len(left) == len(right) and all(
        a == b or a.upper() == b or a.lower() == b for a, b in pairs
    )


def test_the_text_says_which_words_of_its_headline_are_names() -> None:
    title = "Hope Meets Grace Over Unpaid Power Bills"
    small = casing.repair_title(title, (), "")
    body = "The company said Grace was late, and that Hope and Grace would pay. All went well."
    informed = casing.repair_title(title, (), body)
    assert small is not None
    assert "grace" in small
    assert informed is not None
    assert "Grace over unpaid power bills" in informed


def test_shouting_is_calmed_word_by_word() -> None:
    calm = shouting.calm("THE MINISTERS OF RUSSIA AND NATO MEET IN TALLINN")
    assert calm == "the ministers of Russia and NATO meet in Tallinn"


@pytest.mark.parametrize(
    "word",
    [
        "crisis",
        "resolution",
        "willingness",
        "legitimacy",
        "military",
        "announced",
        "junta",
        "regime",
        "the",
    ],
)
def test_ordinary_words(word: str) -> None:
    assert dictionary.is_ordinary(word)


@pytest.mark.parametrize(
    "word",
    [
        "merkel",
        "macron",
        "texas",
        "johnson",
        "moscow",
        "london",
        "tuesday",
        "islamic",
        "google",
        "xqzt",
    ],
)
def test_names_are_not_ordinary(word: str) -> None:
    assert not dictionary.is_ordinary(word)


def test_sentence_starts_keep_their_capital() -> None:
    repaired = casing.repair(TITLE_CASED)
    assert repaired is not None
    assert len(re.findall(r"(?:^|\. )The government", repaired)) == 2
