from pathlib import Path

import pytest
from extract_helpers import one

from newsloom.extract.markdown import from_markdown

TEXT = """---
title: "Dam fails: what we know"
date: 2023-08-22T10:00:00+02:00
authors:
  - Ann Lee
  - Bo Ek
tags: [a, b]
---

# Another heading

The **dam** above [the town](https://example.org/town "map") gave `way`.
![A photo of the dam](dam.jpg)

- first *point*
- second point

> A quote.

| place | level |
|-------|-------|
| town  | 7 m   |

<div class="x">Inside</div>
"""


def test_front_matter_and_syntax(tmp_path: Path) -> None:
    document = one(tmp_path / "a.md", TEXT)
    assert document["title"] == "Dam fails: what we know"
    assert document["authors"] == ["Ann Lee", "Bo Ek"]
    assert document["published_at"].isoformat() == "2023-08-22T08:00:00"
    assert document["published_from"] == "page"
    text = document["text"]
    assert text.startswith("The dam above the town gave way.")
    assert "first point\nsecond point" in text
    assert "town 7 m" in text
    assert "Inside" in text
    assert not {"*", "`", "[", "|", "<", ">", "#"} & set(text)
    assert "photo" not in text


def test_the_first_heading_is_the_title() -> None:
    draft = from_markdown("# Dam *fails*\n\nText.\n\n## Later\n\nMore.")
    assert (draft.title, draft.text) == ("Dam fails", "Text.\n\nLater\n\nMore.")
    assert from_markdown("Title\n=====\n\nText.").title == "Title"
    assert from_markdown("Text first.\n\n# Heading").title == ""


def test_inline_lists_and_toml_in_front_matter() -> None:
    assert from_markdown("---\nauthor: [A B, 'C D']\n---\nText.").authors == ["A B", "C D"]
    draft = from_markdown('+++\ntitle = "T"\ndate = 2023-08-22\n+++\nText.')
    assert draft.title == "T"
    assert draft.published is not None
    assert draft.published.precision == "day"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert from_markdown("---\n\nText.").text == "Text."


@pytest.mark.parametrize("text", ["# Only a heading", "---\ntitle: T\n---\n"])
def test_a_heading_without_text_is_empty(tmp_path: Path, text: str) -> None:
    assert one(tmp_path / "a.md", text)["reason"] == "empty"


def test_deep_nesting_does_no_harm(tmp_path: Path) -> None:
    for text in (">" * 5000 + " deep", "[" * 5000 + "deep", "* " * 3000 + "deep", "_" * 50_000):
        assert one(tmp_path / "a.md", text)["reason"] in (None, "empty")
