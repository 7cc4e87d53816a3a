"""What is dropped from a text as none of it, and sentences that only begin alike."""

import pytest
from extract_helpers import page

from newsloom.extract.labels import is_label

LONG = (
    "The dam above the town gave way on Monday after three days of rain, officials said, and water "
    "filled the lower streets within an hour; four hundred people left their homes for the school."
)
SENTENCES = [
    "Update: 12 people were killed in the blast.",
    "Source: two officials who saw the body lists at the hospital.",
    "Image: a reporter's notebook, 12 May.",
    "More on the accused: he was born in Leeds",
    "Read more slowly, teachers told pupils …",
    "By Monday forty had died",
    "By midnight, all was calm.",
    "Related: he was born in Leeds.",
    "Recommended doses were too high",
    "6-4, 3-6, 7-5",
]
LABELS = [
    "Read more: Mayor resigns",
    "Lesen Sie auch: Bürgermeister tritt zurück",
    "Related articles",
    "Photo: Ada Miller / Example Press",
    "© Getty Images",
    "By Ada Miller",
    "Updated 12 May 2026 at 10:30",
    "12.05.2026, 10:30 Uhr",
]


def read(*paragraphs: str) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<html><head><title>Dam fails</title></head><body><article><h1>Dam fails</h1>{body}"
    document = page(f"{html}</article></body></html>".encode(), "https://example.org/dam-fails-12")
    return str(document["text"])


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences_stay(line: str) -> None:
    assert not is_label(line)
    assert line in read(LONG, line, LONG[::-1])
    assert line in read(line, LONG, LONG[::-1])


@pytest.mark.parametrize("line", LABELS)
def test_labels_go(line: str) -> None:
    assert is_label(line)
    assert line not in read(LONG, line, LONG[::-1])


def test_below_the_last_paragraph_fewer_signs_are_enough() -> None:
    teaser = "More on the mayor and her plans"
    assert teaser in read(LONG, teaser, LONG[::-1])
    assert teaser not in read(LONG, LONG[::-1], teaser)
