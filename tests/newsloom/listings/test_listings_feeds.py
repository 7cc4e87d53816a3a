import gzip
import json

import pytest

from newsloom.discover.rows import ROW_TYPE, decoded
from newsloom.errors import InputError
from newsloom.listings import Listing, entry_item, looks_like_listing, read_listing
from newsloom.settings import IngestSettings
from newsloom.vocabulary import Kind

URL = "https://news.example.org/feeds/all.xml"
HEAD = '<?xml version="1.0" encoding="utf-8"?>'
RSS = (
    HEAD
    + """
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Harbour &amp;amp; Hill</title><link>https://news.example.org/</link>
<language>en-gb</language>
<item><title>Dam &amp;amp; bridge &lt;b&gt;fail&lt;/b&gt;</title><link>/a/dam?x=1&amp;y=2</link>
  <guid isPermaLink="false">d-1</guid><pubDate>Tue, 22 Aug 2023 10:00:00 +0200</pubDate>
  <dc:creator>Ann Bell</dc:creator><author>desk@example.org (Cy Dorn)</author>
  <description>&lt;p&gt;Water rose.&lt;/p&gt;</description>
  <content:encoded><![CDATA[<p>Water rose in the valley.</p>]]></content:encoded></item>
<item><title>Second</title><link>https://news.example.org/a/second</link></item>
<item><title>Second again</title><link>https://news.example.org/a/second</link></item>
<item><title>Only words</title><guid isPermaLink="false">w-1</guid>
  <description>A short notice without a page of its own.</description></item>
<item><title>Nothing</title></item>
</channel></rss>"""
)
ATOM = (
    HEAD
    + """
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://atom.example.org/x/" xml:lang="de">
<title type="html">Der &amp;amp; Bote</title>
<entry><title>Damm bricht</title><id>tag:atom.example.org,2023:1</id>
<link rel="self" href="https://atom.example.org/api/1"/><link rel="alternate" href="damm"/>
<published>2023-08-22T08:00:00Z</published><updated>2023-08-23T08:00:00Z</updated>
<author><name>Eva Fink</name><email>eva@example.org</email></author>
<content type="text">Das Wasser &lt; stieg.</content></entry></feed>"""
)
RDF = (
    HEAD
    + """
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Old</title></channel>
<item rdf:about="https://o.example.org/1"><title>One</title><link>https://o.example.org/1</link>
<dc:date>2023-08-22T08:00:00Z</dc:date></item></rdf:RDF>"""
)
OLD_RSS = """<rss version="0.91"><channel><title>Oldest</title>
<item><title>One</title><link>https://o.example.org/1</link></item></channel></rss>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Js",
        "language": "fr",
        "items": [
            {"id": 12345678901234567890, "url": "/b/1", "title": "Un", "content_html": "<p>Eau</p>",
             "date_published": "2023-08-22T08:00:00Z", "date_modified": "2023-08-22T09:00:00Z",
             "authors": [{"name": "Gil Hue"}], "summary": "a < b"},
            {"id": "t", "content_text": "One & two.\n\nThree."},
            "nonsense",
        ],
    }
)  # fmt: skip


def read(text: str | bytes, url: str | None = URL, content_type: str | None = None) -> Listing:
    content = text.encode() if isinstance(text, str) else text
    return read_listing(content, content_type, url, IngestSettings())


def reason(text: str | bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(text)
    return str(caught.value.reason)


def test_rss_is_read_with_everything_that_it_says() -> None:
    listing = read(RSS)
    assert (listing.kind, listing.title, listing.language) == ("feed", "Harbour & Hill", "en-gb")
    first, second, words = listing.entries
    assert first.fields() == {
        "url": "https://news.example.org/a/dam?x=1&y=2",
        "id": "d-1",
        "title": "Dam & bridge fail",
        "published_at": "Tue, 22 Aug 2023 10:00:00 +0200",
        "authors": ["Ann Bell", "Cy Dorn"],
        "language": "en-gb",
        "summary": "<p>Water rose.</p>",
        "feed_html": "<p>Water rose in the valley.</p>",
    }
    assert second.title == "Second"
    assert words.url is None
    assert words.fields()["html"] == "A short notice without a page of its own."
    assert (listing.passed_over, listing.left_out, listing.broken) == (1, 0, None)


def test_atom_resolves_links_against_its_own_base_and_keeps_both_dates() -> None:
    (entry,) = read(ATOM).entries
    assert entry.url == "https://atom.example.org/x/damm"
    assert (entry.published_at, entry.updated_at) == (
        "2023-08-22T08:00:00Z", "2023-08-23T08:00:00Z",
    )  # fmt: skip
    assert (entry.authors, entry.language) == (("Eva Fink",), "de")
    assert entry.html in ("Das Wasser &lt; stieg.", "Das Wasser < stieg.")
    assert entry.id == "tag:atom.example.org,2023:1"


@pytest.mark.parametrize(("text", "date"), [(RDF, "2023-08-22T08:00:00Z"), (OLD_RSS, None)])
def test_old_forms_of_rss_are_read(text: str, date: str | None) -> None:
    (entry,) = read(text).entries
    assert (entry.url, entry.title) == ("https://o.example.org/1", "One")
    assert (entry.published_at, entry.updated_at) == (date, None)


def test_json_feed_is_read() -> None:
    listing = read(JSON_FEED)
    assert (listing.title, listing.passed_over) == ("Js", 1)
    first, second = listing.entries
    assert (first.url, first.id) == ("https://news.example.org/b/1", "12345678901234567890")
    assert (first.authors, first.summary, first.language) == (("Gil Hue",), "a &lt; b", "fr")
    assert second.html == "<p>One &amp; two.</p><p>Three.</p>"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_a_feed_is_read_in_the_encoding_that_it_has(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = OLD_RSS.replace("<title>One", "<title>Bär ist hier")
    text = f'<?xml version="1.0" encoding="{declared}"?>\n{text}'
    assert read(text.encode(encoding)).entries[0].title == "Bär ist hier"


def test_a_broken_feed_gives_what_can_be_read_of_it() -> None:
    listing = read(RSS[: RSS.index("<title>Second again")] + "& <")
    assert [entry.title for entry in listing.entries][:2] == ["Dam & bridge fail", "Second"]
    assert listing.broken


def test_a_feed_that_the_parser_stumbles_over_is_repaired_first() -> None:
    entries = read(OLD_RSS.replace("<title>One", "<title>One &#xffffff;") + "<").entries
    assert [entry.url for entry in entries] == ["https://o.example.org/1"]


def test_blank_lines_and_warnings_before_a_feed_do_no_harm() -> None:
    assert len(read("\n\n<b>Warning</b>: mysql in line 3\n" + OLD_RSS).entries) == 1


def test_a_feed_without_entries_is_an_empty_list() -> None:
    assert read("<rss version='2.0'><channel><title>T</title></channel></rss>").entries == []


def test_a_feed_never_opens_a_file_or_expands_entities() -> None:
    hostile = (
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "'
        + "ha" * 50
        + '">]><rss version="2.0"><channel><item><title>&x;&y;&y;</title>'
        "<link>https://o.example.org/1</link></item></channel></rss>"
    )
    (entry,) = read(hostile).entries
    assert "root:" not in entry.title
    assert reason(b"/etc/passwd") == "not_a_feed"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<html><body>Hello</body></html>", "not_a_feed"),
        (b"Hello there", "not_a_feed"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not_a_feed"),
        (b"{}", "not_a_feed"),
        (b"[1, 2]", "not_a_feed"),
        (b'{"version": ', "malformed"),
        (b"[" * 100_000, "malformed"),
        (b"<rss><channel><item", "malformed"),
        (b"\x1f\x8b\x08garbage", "malformed"),
        (b"<opml version='2.0'><body/></opml>", "not_a_feed"),
        (b"<rss>" + b" " * 10_000_001, "too_large"),
        (b"<rss><channel><item>" + b"<b>" * 1_000_001, "too_large"),
        (gzip.compress(b"<urlset>" + b" " * 60_000_000, mtime=0), "too_large"),
    ],
)
def test_what_is_no_feed_is_named(content: bytes, expected: str) -> None:
    assert reason(content) == expected


def test_a_page_in_place_of_a_feed_names_the_feed_that_it_knows() -> None:
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/r"></head></html>'
    with pytest.raises(InputError, match=r"https://news\.example\.org/r"):
        read(page)


def test_endless_feeds_end_at_the_limit() -> None:
    item = "<item><link>https://o.example.org/{}</link></item>"
    items = "".join(item.format(number) for number in range(2_500))
    listing = read(f"<rss version='2.0'><channel>{items}</channel></rss>")
    assert (len(listing.entries), listing.left_out) == (2_000, 500)
    assert reason("<rss><channel>" + "<item>" * 100_000) == "malformed"


def test_feeds_are_told_from_other_documents_by_their_beginning() -> None:
    assert looks_like_listing(RSS.encode())
    assert looks_like_listing(JSON_FEED.encode())
    assert not looks_like_listing(b"<html><p>rss</p></html>")
    assert not looks_like_listing(b'{"id": 1}')


def test_an_entry_becomes_a_page_to_fetch_with_its_fields_or_a_row() -> None:
    first, _, words = read(RSS).entries
    page = entry_item(first, source="Harbour", source_given=True, via=URL, paywalled=True)
    assert (page.kind, page.uri, page.content_type) == (Kind.PAGE, first.url, ROW_TYPE)
    assert decoded(page.content or b"") == first.fields()
    assert (page.source, page.source_given, page.via, page.paywalled) == (
        "Harbour", True, URL, True,
    )  # fmt: skip
    assert page.listing_hash == first.listing_hash
    row = entry_item(words, source="Harbour", via=URL)
    assert (row.kind, row.uri, row.reason) == (Kind.ROW, f"{URL}#id=w-1", None)


def test_the_hash_of_an_entry_changes_with_its_words_only() -> None:
    first = read(RSS).entries[0]
    assert (
        first.listing_hash
        == read(RSS.replace("<p>Water", "<p  class='x'>Water")).entries[0].listing_hash
    )
    assert (
        first.listing_hash
        != read(RSS.replace("Water rose in", "Water fell in")).entries[0].listing_hash
    )
    assert first.listing_hash != read(RSS.replace("10:00:00", "11:00:00")).entries[0].listing_hash
