"""What an answer is made of is told by its bytes where its server does not say."""

import pytest

from newsloom.errors import InputError
from newsloom.fetch.sniff import page_type, refuse_type

HTML = b"<!DOCTYPE html><html><body><p>Water rose.</p></body></html>"


@pytest.mark.parametrize(
    ("content", "declared", "expected"),
    [
        (HTML, "text/html; charset=koi8-r", "text/html; charset=koi8-r"),
        (HTML, "TEXT/HTML", "TEXT/HTML"),
        (HTML, "text/plain; charset=utf-8", "text/html; charset=utf-8"),
        (b"\xef\xbb\xbf\n <!-- a --> " + HTML, "text/plain", "text/html"),
        (b'<?xml version="1.0"?>\n' + HTML, "", "text/html"),
        (b"<!-- <rss> -->" + HTML, "text/html", "text/html"),
        (b"<div>Water rose.</div>", "application/octet-stream", "text/html"),
        (b"<div>Water rose.</div>", "text/plain", "text/plain"),
        (b"Water rose.", "", "text/plain"),
        (b"", "", "text/plain"),
        (b"<p>" + "Łódź".encode("utf-16"), "text/html", "text/html"),
        (HTML, "application/xhtml+xml", "application/xhtml+xml"),
    ],
)
def test_pages_are_told_by_their_bytes(content: bytes, declared: str, expected: str) -> None:
    refuse_type(declared)
    assert page_type(content, declared) == expected


@pytest.mark.parametrize(
    ("content", "declared", "kind"),
    [
        (b"%PDF-1.7", "text/html", "a PDF document"),
        (b"PK\x03\x04...", "", "a ZIP archive"),
        (b"\x89PNG...", "text/plain", "an image"),
        (b'<?xml version="1.0"?><!-- x --><rss version="2.0">', "text/xml", "a feed"),
        (b'<feed xmlns="x">', "text/html", "a feed"),
        (b'<rdf:RDF xmlns:rdf="x">', "application/xml", "a feed"),
        (b"<sitemapindex >", "text/plain", "a sitemap"),
        (b"\0\1\2\3" * 50, "", "binary data"),
    ],
)
def test_what_is_no_page_is_named(content: bytes, declared: str, kind: str) -> None:
    with pytest.raises(InputError) as caught:
        page_type(content, declared)
    assert caught.value.reason == "not_article_type"
    assert kind in caught.value.detail


@pytest.mark.parametrize("head", [b"<!-- -->", b"<!--", b"<?x?>", b"<!-- --", b"\n \t"])
def test_no_beginning_takes_long(head: bytes) -> None:
    assert page_type(head * 2000, "text/plain") == "text/plain"


@pytest.mark.parametrize("declared", ["image/png", "video/mp4", "application/rss+xml", "font/woff"])
def test_what_says_that_it_is_no_page_is_not_read(declared: str) -> None:
    with pytest.raises(InputError):
        refuse_type(declared)
