import gzip

import pytest

from newsloom.errors import InputError
from newsloom.listings import Listing, read_listing, read_opml
from newsloom.settings import IngestSettings

URL = "https://news.example.org/sitemap.xml"
SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://news.example.org/a/1 </loc><lastmod>2023-08-22</lastmod>
  <image:image><image:loc>https://news.example.org/a.jpg</image:loc><image:title>Pic</image:title>
  </image:image>
  <news:news><news:publication><news:name>Harbour</news:name><news:language>en</news:language>
  </news:publication><news:publication_date>2023-08-22T10:00:00Z</news:publication_date>
  <news:title>Dam &amp; bridge</news:title></news:news></url>
<url><loc>/a/2</loc></url><url><loc>https://news.example.org/a/1</loc></url>
<url><loc>javascript:alert(1)</loc></url>
</urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://news.example.org/s1.xml.gz</loc><lastmod>2023-08-22</lastmod></sitemap>
<sitemap><loc>s2.xml</loc></sitemap></sitemapindex>"""


def read(text: str | bytes) -> Listing:
    content = text.encode() if isinstance(text, str) else text
    return read_listing(content, "application/xml", URL, IngestSettings())


def test_a_news_sitemap_is_read_without_its_pictures() -> None:
    listing = read(SITEMAP)
    assert (listing.kind, listing.passed_over) == ("sitemap", 1)
    first, second = listing.entries
    assert first.fields() == {
        "url": "https://news.example.org/a/1",
        "title": "Dam & bridge",
        "published_at": "2023-08-22T10:00:00Z",
        "updated_at": "2023-08-22",
        "language": "en",
    }
    assert (second.url, second.listing_hash) == ("https://news.example.org/a/2", None)
    assert first.listing_hash is not None


def test_gzip_is_unpacked_and_a_cut_sitemap_gives_what_is_there() -> None:
    assert len(read(gzip.compress(SITEMAP.encode())).entries) == 2
    assert [e.url for e in read(SITEMAP[: SITEMAP.index("</urlset>")]).entries] == [
        "https://news.example.org/a/1", "https://news.example.org/a/2",
    ]  # fmt: skip


def test_an_index_names_further_sitemaps() -> None:
    listing = read(INDEX)
    assert listing.entries == []
    assert listing.more == [
        "https://news.example.org/s1.xml.gz", "https://news.example.org/s2.xml",
    ]  # fmt: skip


def test_a_plain_list_of_addresses_is_a_sitemap() -> None:
    assert [e.url for e in read("https://a.example.org/1\nhttps://a.example.org/2\n").entries] == [
        "https://a.example.org/1", "https://a.example.org/2",
    ]  # fmt: skip


def test_a_sitemap_ends_at_the_standards_limit() -> None:
    urls = "".join(f"<url><loc>/{number}</loc></url>" for number in range(50_010))
    listing = read(f"<urlset>{urls}</urlset>")
    assert (len(listing.entries), listing.left_out) == (50_000, 10)


def test_entities_and_depth_of_a_hostile_sitemap_do_no_harm() -> None:
    hostile = (
        '<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "bb">]>'
        "<urlset><url><loc>https://a.example.org/&a;&b;</loc></url></urlset>"
    )
    assert "root" not in str(read(hostile).entries)
    with pytest.raises(InputError):
        read("<urlset>" + "<url>" * 100_000)


OPML = """<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="Local">
  <outline type="rss" text="Harbour &amp;amp; Hill" xmlUrl="https://h.example.org/feed"/></outline>
  <outline title="Bote" text="b" XMLURL="feed://b.example.org/rss" category="/de/x,y"/></outline>
<outline text="Empty"/><outline text="Twice" xmlUrl="https://h.example.org/feed"/>
<outline text="Bad" xmlUrl="javascript:alert(1)"/></body></opml>"""


def test_opml_gives_each_feed_once_with_its_folders() -> None:
    outlines = read_opml(OPML.encode())
    assert [_plain(outline) for outline in outlines if not outline.refused] == [
        ("Harbour & Hill", "https://h.example.org/feed", ("News", "Local")),
        ("Bote", "http://b.example.org/rss", ("News", "de/x", "y")),
    ]
    assert [outline.name for outline in outlines if outline.refused] == ["Bad"]


def _plain(outline: object) -> tuple[object, ...]:
    return tuple(getattr(outline, name) for name in ("name", "address", "tags"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not_a_feed"),
        (b"<html></html>", "not_a_feed"),
        (b"<opml><body><outline text='x'/></body></opml>", "nothing_usable"),
        (b"<opml>" + b" " * 10_000_001, "too_large"),
    ],
)
def test_what_is_no_opml_is_named(content: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read_opml(content)
    assert caught.value.reason == reason
