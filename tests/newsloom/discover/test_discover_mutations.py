"""Mutated inputs of every collected kind: each ends in items or in rejects with a reason.

A few hundred by default; NEWSLOOM_FULL_TESTS=1 tries four thousand.
"""

import gzip
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from archives import docx, mail, page, pdf, tarred, warc, zipped
from discover_helpers import settings
from mutations import many

from newsloom.discover import Discovery
from newsloom.errors import InputError
from newsloom.extract import extract
from newsloom.listings import article_links, find_listings, read_opml
from newsloom.schema import DOCUMENT

FULL = bool(os.environ.get("NEWSLOOM_FULL_TESTS"))
EACH = 215 if FULL else 15

ENTRY = (
    "<item><title>One &amp;amp; two</title><link>/a/{0}</link><guid>g{0}</guid><pubDate>Tue, 22 "
    "Aug 2023 10:00:00 +0200</pubDate><description>&lt;p&gt;Words &lt;b&gt;here&lt;/b&gt;&lt;/p&gt;"
    "</description><author>a@b.org (Ann Bell)</author></item>"
)
RSS = (
    "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>T</title>"
    "<link>https://f.example.org/</link>"
    + "".join(map(ENTRY.format, range(4)))
    + "</channel></rss>"
).encode()
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://f.example.org/x/">
<title type="html">T</title><entry><title>Damm</title><id>tag:1</id><link rel="alternate" href="d"/>
<published>2023-08-22T08:00:00Z</published><author><name>Eva</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Das Wasser stieg.</p></div>
</content></entry><entry><id>2</id><summary>More words.</summary></entry></feed>"""
JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [
{"id": 12, "url": "https://f.example.org/1", "title": "Un", "content_html": "<p>Eau</p>",
"authors": [{"name": "Gil"}], "date_published": "2023-08-22T08:00:00Z"}, {"id": "t",
"content_text": "One."}]}"""
SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://f.example.org/a</loc>
<lastmod>2023-08-22</lastmod><news:news><news:title>Dam</news:title></news:news></url>
<url><loc>https://f.example.org/b</loc></url></urlset>"""
OPML = b"""<opml version="2.0"><body><outline text="News"><outline text="H" type="rss"
xmlUrl="https://h.example.org/feed" category="/a,b"/></outline></body></opml>"""
PDF = pdf(
    ["The council closed the bridge on Tues-", "day, officials said."], about="/Title(Bridge)"
)
FILES = {"a/x.txt": b"Some text.", "y.html": page(1), "z.zip": zipped({"d.csv": b"text\nWords\n"})}

SAMPLES: dict[str, tuple[str, bytes]] = {
    "rss": ("a.xml", RSS),
    "rss in gzip": ("a.xml.gz", gzip.compress(RSS, mtime=0)),
    "atom": ("a.atom", ATOM),
    "json feed": ("a.json", JSON_FEED),
    "sitemap": ("a.xml", SITEMAP),
    "opml": ("a.opml", OPML),
    "warc": ("a.warc", warc(2, packed=False)),
    "warc in gzip": ("a.warc.gz", warc(2)),
    "wacz": ("a.wacz", zipped({"archive/a.warc.gz": warc(2)})),
    "zip": ("a.zip", zipped(FILES)),
    "tar": ("a.tar", tarred(FILES)),
    "tar in gzip": ("a.tgz", tarred(FILES, "w:gz")),
    "tar in xz": ("a.tar.xz", tarred(FILES, "w:xz")),
    "mail": ("a.eml", mail()),
    "pdf": ("a.pdf", PDF),
    "docx": ("a.docx", docx()),
}


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.filterwarnings("default")  # what the libraries think of broken data
def test_no_mutation_crashes_or_is_lost(kind: str, tmp_path: Path) -> None:
    name, sample = SAMPLES[kind]
    path = tmp_path / name
    for number, content in enumerate(many(sample, EACH)):
        path.write_bytes(content)
        _accounted(path, f"{kind}, seed {number}")


@pytest.mark.parametrize(
    ("pack", "name"),
    [
        (lambda data: gzip.compress(data, 1), "a.warc.gz"),
        (lambda data: zipped({"archive/a.warc": data}), "a.wacz"),
        (lambda data: tarred({"a.warc": data}, "w:gz"), "a.tgz"),
    ],
)
@pytest.mark.filterwarnings("default")
def test_mutations_inside_of_sound_packings(
    pack: Callable[[bytes], bytes], name: str, tmp_path: Path
) -> None:
    for number, content in enumerate(many(warc(2, packed=False), EACH, first=5000)):
        (tmp_path / name).write_bytes(pack(content))
        _accounted(tmp_path / name, f"{name}, seed {5000 + number}")


def _accounted(path: Path, which: str) -> None:
    rows = 0
    for batch in Discovery([str(path)], settings(max_document_bytes=500_000)):
        rows += batch.num_rows
        to_fetch = [
            item["kind"] == "page" and item["reason"] is None and item["fetched_at"] is None
            for item in batch.to_pylist()
        ]
        documents = extract(batch, settings())
        assert documents.schema == DOCUMENT
        for document, waits in zip(documents.to_pylist(), to_fetch, strict=True):
            assert waits or document["reason"] or document["text"], which
            assert waits or document["reason"] != "internal", (which, document["detail"])
    assert rows, which


@pytest.mark.filterwarnings("default")
def test_no_mutation_breaks_lists_of_sources_and_start_pages() -> None:
    links = "".join(
        f'<a href="/2023/08/{n}/x">A headline of number {n} is here</a>' for n in "1234"
    )
    start = (
        f'<html><head><link rel="alternate" type="application/rss+xml" href="/f">{links}'.encode()
    )
    for content in many(start, EACH):
        find_listings(content, None, "https://f.example.org/")
        article_links(content, "text/html", "https://f.example.org/")
    for content in many(OPML, EACH):
        with suppress(InputError):
            assert read_opml(content)
