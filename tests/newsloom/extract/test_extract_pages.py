import datetime
from pathlib import Path
from typing import Any

import pytest
from extract_helpers import one, page
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from newsloom.extract import page as page_module

PARAGRAPHS = (
    "<p>The dam above the town gave way on Monday after three days of rain, officials said.</p>"
    "<p>Water filled the lower streets within an hour, and four hundred people left.</p>"
    "<p>The mayor said that the school would serve as a shelter until the end of the week.</p>"
)
NO_ARTICLE = (None, "no_text", "too_short")
PLAIN = f"<html><head><title>x</title></head><body><article>{PARAGRAPHS}</article></body></html>"


def html(head: str = "", body: str = PARAGRAPHS) -> bytes:
    return (
        f"<!doctype html><html><head><meta charset=utf-8>{head}</head>"
        f"<body><nav><a href=/>Home</a></nav><article>{body}</article></body></html>"
    ).encode()


URL = "https://news.example.org/2023/dam"


def test_a_page_is_read_with_its_metadata() -> None:
    document = page(
        html(
            "<title>Dam fails above town - The Example</title>"
            '<meta property="og:site_name" content="The Example">'
            '<meta name="author" content="Ann Lee">'
            '<meta name="description" content="What happened on Monday.">'
            '<meta property="og:image" content="/dam.jpg">'
            '<meta property="article:published_time" content="2023-08-22T10:00:00+02:00">'
            '<link rel="canonical" href="/dam-fails?utm_source=rss">',
            f"<h1>Dam fails above town</h1>{PARAGRAPHS}",
        ),
        URL,
    )
    assert document["reason"] is None
    assert document["title"] == "Dam fails above town"
    assert document["text"].startswith("The dam above the town gave way")
    assert "Home" not in document["text"]
    assert document["authors"] == ["Ann Lee"]
    assert document["published_at"].isoformat() == "2023-08-22T08:00:00"
    assert (document["published_from"], document["published_precision"]) == ("page", "second")
    assert document["canonical_url"] == "https://news.example.org/dam-fails"
    assert document["url"] == URL
    assert document["source"] == "news.example.org"
    assert document["site_name"] == "The Example"
    assert document["description"] == "What happened on Monday."
    assert document["image_url"] == "https://news.example.org/dam.jpg"


@pytest.mark.parametrize(
    ("head", "moment", "precision"),
    [
        ('<meta name="date" content="2023-08-22">', "2023-08-22T00:00:00", "day"),
        ('<meta itemprop="datePublished" content="2023-08-22T10:00Z">', "2023-08-22T10:00:00",
         "second"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, '
         '{"@type": ["NewsArticle"], "datePublished": "2023-08-22T10:00:00Z"}]}</script>',
         "2023-08-22T10:00:00", "second"),
        ('<meta name="date" content="2023-08-22"><script type="application/ld+json">'
         '{"@type": "NewsArticle", "datePublished": "2023-08-22T10:00:00Z"}</script>',
         "2023-08-22T10:00:00", "second"),
    ],
)  # fmt: skip
def test_dates_of_a_page(head: str, moment: str, precision: str) -> None:
    document = page(html(head), URL)
    assert document["published_at"].isoformat() == moment
    assert (document["published_precision"], document["published_from"]) == (precision, "page")


def test_only_a_live_page_is_dated_by_its_fetch(tmp_path: Path) -> None:
    when = datetime.datetime(2023, 8, 23, 12, 0)
    live = page(html(), URL, fetched_at=when)
    assert (live["published_at"], live["published_from"]) == (when, "fetched")
    assert one(tmp_path / "a.html", html())["published_at"] is None


def test_a_saved_page_takes_its_address_from_itself(tmp_path: Path) -> None:
    document = one(tmp_path / "a.html", html(f'<link rel="canonical" href="{URL}#top">'))
    assert (document["url"], document["canonical_url"]) == (URL, URL)
    assert document["source"] == "news.example.org"
    assert one(tmp_path / "b.html", html())["source"] == tmp_path.name


@pytest.mark.parametrize(
    "declared", ["https://elsewhere.net/a", "https://news.example.org/", "javascript:x", "", "//["]
)
def test_a_canonical_address_elsewhere_or_at_home_is_ignored(declared: str) -> None:
    document = page(html(f'<link rel="canonical" href="{declared}">'), URL)
    assert document["canonical_url"] == URL


def test_the_final_address_counts_after_redirects() -> None:
    document = page(html(), "https://example.org/short", final_url=URL)
    assert (document["url"], document["canonical_url"]) == ("https://example.org/short", URL)


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("cp1252", "", "text/html; charset=iso-8859-1"),
        ("cp1251", '<meta charset="windows-1251">', "text/html"),
        ("utf-8", '<meta charset="iso-8859-1">', "text/html"),
        ("utf-16", "", "text/html"),
        ("cp1252", "", "text/html"),
    ],
)
def test_charsets(encoding: str, declared: str, header: str) -> None:
    word = "Президент" if encoding == "cp1251" else "Élysée café"
    content = f"<html><head>{declared}</head><body><p>{word} {'word ' * 50}</p></body></html>"
    document = page(content.encode(encoding), URL, content_type=header)
    assert document["text"].startswith(word)


def test_broken_characters_are_replaced_not_refused() -> None:
    content = html().replace(b"Monday", b"Mon\xff\xfe\x81day")
    document = page(content, URL)
    assert document["reason"] is None
    assert "the town gave way" in document["text"]


HOSTILE = {
    "deep": "<div>" * 100_000 + "x",
    "inline": "<p>" + "<b><span>" * 20_000 + "hello",
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">hi</div>",
    "quoted": "<div " + " ".join(f'a{n}="<b>"' for n in range(50_000)) + ">hi</div>",
    "script": "<script " + " ".join(f"a{n}" for n in range(100_000)) + ">hi</script>",
    "scripts": "<script>" * 100_000,
    "angles": "<" * 500_000,
    "quotes": "<a\"'" * 200_000,
    "comments": "<!--" * 100_000,
    "data": '<script type="application/ld+json">' + '{"a":' * 50_000 + "</script>",
    "list": '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
    "title": "<title>" + " - " * 100_000 + "</title>",
    "entities": "&#x110000;&#0;&bogus;" * 20_000,
    "tables": "<table><tr><td>" * 5_000 + "cell",
    "digits": "<p>" + "2023-01-" * 50_000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_pages_neither_crash_nor_hang(name: str) -> None:
    content = f"<html><head></head><body>{HOSTILE[name]}</body></html>".encode()
    assert page(content, URL)["reason"] in NO_ARTICLE


@pytest.mark.parametrize(
    "content", [b"", b"   ", b"<html></html>", b"plain words", b"<!-- -->", b"<?xml?>"]
)
def test_pages_without_an_article(content: bytes) -> None:
    assert page(content, URL)["reason"] in NO_ARTICLE


def test_a_page_of_five_megabytes_is_read() -> None:
    document = page(html(body=PARAGRAPHS * 28_000), URL)
    assert document["reason"] is None


def test_long_scripts_do_not_swallow_the_article() -> None:
    code = "for (i = 0; i <n ; i++) { " + "let a = b ; " * 3_000 + "// don't }"
    document = page(html(f"<script>{code}</script>", f"{PARAGRAPHS}<p>It isn't over.</p>"), URL)
    assert document["text"].startswith("The dam above the town")


def test_a_failing_library_costs_one_item(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any, **__: Any) -> None:
        raise RuntimeError("deep inside\x1b")

    monkeypatch.setattr(page_module, "_details", failing)
    document = page(html(), URL)
    assert document["reason"] == "internal"
    assert "RuntimeError" in document["detail"]
    assert "\x1b" not in document["detail"]


def test_binary_content_is_told() -> None:
    assert page(b"\x89PNG" + b"\0" * 500, URL)["reason"] == "binary"


@given(st.text(st.sampled_from("<>/=\"'! abphtml-[]&;#0xé\n\0"), max_size=300))
@limits(max_examples=150, deadline=None)
def test_no_markup_crashes_a_page(markup: str) -> None:
    assert page(markup.encode(), URL)["reason"] in (*NO_ARTICLE, "binary")
