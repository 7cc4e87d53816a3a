from pathlib import Path

import pytest
from extract_helpers import extracted, one

from newsloom.extract.plain import split_headline
from newsloom.extract.texts import clean, one_line, word_count

SEEDS = Path(__file__).parents[3] / "seeds"
BODY = "The river rose for three days. On Monday the dam above the town gave way, officials said."


def test_the_first_seed_has_a_headline_and_the_second_has_none() -> None:
    first, second = extracted(SEEDS)
    assert first["title"].startswith("Niger Military Junta Affirms")
    assert first["text"].startswith("JAKARTA - ")
    assert second["title"] == ""
    assert second["text"].startswith("Niger’s Military Junta announced")
    assert [document["published_at"] for document in (first, second)] == [None, None]
    assert [document["source"] for document in (first, second)] == ["seeds", "seeds"]


@pytest.mark.parametrize(
    "line",
    [
        "Dam fails above valley town",
        "Is the dam safe?",
        "“We had no warning,” says mayor",
        "Dam fails! What now...",
        "eBay shares fall",
        "40 dead in dam failure",
        "Officials blame the U.S.",
        "Плотина прорвана",
        "大坝决堤",
    ],
)
def test_headlines_are_found(line: str) -> None:
    assert split_headline(f"{line}\n\n{BODY}") == (line, BODY)
    assert split_headline(f"{line}\n=====\n{BODY}") == (line, BODY)
    assert split_headline(f"{line}\n{BODY} {BODY}") == (line, f"{BODY} {BODY}")


@pytest.mark.parametrize(
    "line",
    [
        "The dam above the town failed on Monday.",
        "The mayor said: “We had no warning.”",
        "大坝周一决堤。",
        "and the water kept rising",
        "By Ann Lee",
        "22 August 2023",
        "The following were present:",
        "----------",
        "The " + "very long " * 25 + "line",
    ],
)
def test_what_is_no_headline_stays_in_the_text(line: str) -> None:
    assert split_headline(f"{line}\n\n{BODY}") == ("", f"{line}\n\n{BODY}")


def test_wrapped_lines_have_no_headline() -> None:
    wrapped = "The river rose for three days before the dam above\nthe town gave way on Monday.\n"
    assert split_headline(wrapped * 3)[0] == ""


def test_a_headline_alone_is_the_text() -> None:
    assert split_headline("Dam fails above valley town") == ("", "Dam fails above valley town")


def test_text_is_made_uniform() -> None:
    messy = (
        "\ufeffCafe\u0301\r\nnext\u200bword  \r\n\r\n\r\n\r\nsoft\u00adhyphen\u00a0\x07end\x00\n"
    )
    assert clean(messy) == "Café\nnextword\n\nsofthyphen end"
    assert clean("می\u200cخواهم 👩\u200d🚀") == "می\u200cخواهم 👩\u200d🚀"
    assert clean("a\ud800b") == "a\ufffdb"
    assert one_line(" two\n lines\t ") == "two lines"


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("two words", 2), ("été à Genève", 3), ("大坝周一决堤", 3), ("GDP增长了5%", 4)],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert word_count(text) == words


def test_a_file_of_invisible_characters_is_empty(tmp_path: Path) -> None:
    assert one(tmp_path / "a.txt", "\u200b\u2060\n\u00a0")["reason"] == "empty"


def test_other_encodings_come_out_right(tmp_path: Path) -> None:
    text = "L’été dernier, les élèves ont protesté à Genève contre la réforme."
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        assert one(tmp_path / "a.txt", text.encode(encoding))["text"] == text


def test_identity_is_the_place_and_content_the_words(tmp_path: Path) -> None:
    first = one(tmp_path / "a.txt", BODY)
    edited = one(tmp_path / "a.txt", BODY + " More follows.")
    moved = one(tmp_path / "b.txt", f"  {BODY}\r\n")
    assert first["article_id"] == edited["article_id"] != moved["article_id"]
    assert first["content_id"] == moved["content_id"] != edited["content_id"]


def test_rejects_pass_with_their_reason(tmp_path: Path) -> None:
    documents = extracted(tmp_path / "gone.txt", "-", stdin=b"Some text.")
    assert [document["reason"] for document in documents] == ["not_found", None]
    assert documents[0]["detail"]
    assert documents[0]["article_id"] is None
