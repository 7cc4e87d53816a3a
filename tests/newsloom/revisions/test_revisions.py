import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from newsloom.revisions import Piece, is_cosmetic, word_diff

TITLE = "Dam fails above town"
TEXT = (
    "The dam above the town gave way on Monday after three days of rain, officials said.\n"
    'Water filled the lower streets within an hour, and "four hundred" people left.'
)


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("\n", "\n\n").replace(" ", "  "),
        TEXT.replace('"four hundred"', "“four hundred”"),
        TEXT + "\nUpdated 5 minutes ago",
        "Published 22 August 2023 at 10:00\n" + TEXT,
        "Stand: 22.04.2024, 06:00 Uhr\n" + TEXT,
        TEXT + "\n1,204 views",
        TEXT + "\nKommentare: 17",
        TEXT + "\nRead more: Mayor resigns",
        TEXT + "\nRelated articles\nMayor resigns\nRain to go on until Friday",
        "2 hours ago\n" + TEXT,
        TEXT + "\nRead more\nMayor resigns\nRain to go on until Friday",
        "更新：2024年5月3日 10:30\n" + TEXT,
        "Mis à jour le 3 mai 2024 à 10h30\n" + TEXT,
    ],
)
def test_what_says_nothing_new_is_cosmetic(text: str) -> None:
    assert is_cosmetic(TITLE, TEXT, TITLE, text)
    assert is_cosmetic(TITLE, text, TITLE, TEXT)


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("four hundred", "five hundred"),
        TEXT.replace("three", "3"),
        TEXT + "\nOne person is missing.",
        TEXT.replace("officials said", "officials did not say"),
        TEXT.replace("three days", "4 days"),
        TEXT.replace("left", "left 3 hours ago"),
        TEXT.split("\n")[0],
        TEXT + "\nThe mayor, who was abroad, has come back",
    ],
)
def test_what_changes_the_words_is_a_change(text: str) -> None:
    assert not is_cosmetic(TITLE, TEXT, TITLE, text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Update: 12 people were killed", "Update: 40 people were killed"),
        ("Updated death toll: 12", "Updated death toll: 340"),
        ("Posted 500 soldiers to the border", "Posted 9000 soldiers to the border"),
        ("For 3 days the city has had no power", "For 10 days the city has had no power"),
        ("It was published 3 days ago in a journal", "It was published 9 days ago in a journal"),
        ("3 days ago Lyon beat Metz", "4 days ago Lyon beat Metz"),
        ("It lost €5 million", "It lost $5 million"),
        ("Growth was -3 percent", "Growth was 3 percent"),
        ("Rates rose 3%", "Rates rose 3"),
        ("Did he do it?", "Did he do it."),
        ("मंत्री ने कहा", "मंत्री ने कहे"),
        ("By John Smith\nHe is guilty", "By John Smith\nHe is not guilty"),
        ("Photo: AP\nLeeds beat Derby 3-0", "Photo: AP\nLeeds lost to Derby 0-9"),
        ("Read more: Mayor resigns\nHe is guilty.", "Read more: Mayor resigns\nHe is innocent."),
        ("Related articles\nHe is guilty.", "Related articles\nHe is not guilty."),
    ],
)
def test_edits_that_look_like_stamps_and_links_are_changes(before: str, after: str) -> None:
    for one, other in ((before, after), (after, before)):
        assert not is_cosmetic(TITLE, f"{TEXT}\n{one}", TITLE, f"{TEXT}\n{other}")
        assert not is_cosmetic(TITLE, f"{one}\n{TEXT}", TITLE, f"{other}\n{TEXT}")


def test_a_date_between_paragraphs_is_part_of_the_text() -> None:
    table = "\n".join([TEXT] * 3 + ["12 May 2026"] + [TEXT] * 3)
    assert not is_cosmetic(TITLE, table, TITLE, table.replace("12 May", "19 May"))


def test_a_byline_with_a_stamp_behind_it_is_cosmetic() -> None:
    before, after = (f"By Ada Miller | Updated {n} hours ago\n{TEXT}" for n in (2, 5))
    assert is_cosmetic(TITLE, before, TITLE, after)


def test_another_headline_is_a_change() -> None:
    assert is_cosmetic(TITLE, TEXT, "Dam fails above town ", TEXT)
    assert not is_cosmetic(TITLE, TEXT, "Dam fails above city", TEXT)


def test_a_diff_in_words() -> None:
    assert word_diff("four people left the town.", "five people left the town today.") == [
        Piece("removed", "four "), Piece("added", "five "), Piece("same", "people left the "),
        Piece("removed", "town"), Piece("added", "town today"), Piece("same", "."),
    ]  # fmt: skip
    assert word_diff("", "") == []
    assert word_diff("a", "a") == [Piece("same", "a")]
    assert [p.kind for p in word_diff("洪水已退。", "洪水未退。")] == [
        "same",
        "removed",
        "added",
        "same",
    ]


_TEXT = st.text(st.sampled_from("ab 。洪.\n'"), max_size=60)


@given(_TEXT, _TEXT)
@limits(max_examples=200, deadline=None)
def test_a_diff_holds_both_texts(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(p.text for p in pieces if p.kind != "added") == before
    assert "".join(p.text for p in pieces if p.kind != "removed") == after


@pytest.mark.timeout(60)
@pytest.mark.parametrize("words", ["w{} ", "w{}\n", "w "])
def test_a_diff_of_long_texts_ends(words: str) -> None:
    before = "".join(words.format(n) for n in range(100_000))
    after = "".join(words.format(n * 7 % 100_000) for n in range(100_000)) + "end"
    pieces = word_diff(before, after)
    assert "".join(p.text for p in pieces if p.kind != "removed") == after
    assert is_cosmetic("", before, "", before)
