import json
from importlib.util import find_spec
from pathlib import Path

import fsspec
import pytest
from archives import mail, pdf, zipped
from discover_helpers import found, reasons, written

from newsloom.discover.remote import is_data_file
from newsloom.discover.rows import ROW_TYPE, decoded

FEED = """<rss version="2.0"><channel><title>T</title><link>https://f.example.org/</link>
<item><title>One</title><link>/1</link><guid isPermaLink="false">g1</guid></item>
<item><title>Two</title><guid isPermaLink="false">g2</guid><description>Words.</description></item>
<item><title>Three</title></item></channel></rss>"""
SITEMAP = "<urlset><url><loc>https://f.example.org/a</loc></url></urlset>"


def test_a_saved_feed_gives_pages_to_fetch_and_its_texts(tmp_path: Path) -> None:
    path = written(tmp_path / "harbour.xml", FEED)
    page, row, left = found(path)
    assert (page["locator"], page["kind"], page["uri"]) == (
        f"{path}#1", "page", "https://f.example.org/1",
    )  # fmt: skip
    assert (page["content_type"], page["via"], page["source"]) == (
        ROW_TYPE, path.as_uri(), "harbour",
    )  # fmt: skip
    assert decoded(page["content"]) == {
        "url": "https://f.example.org/1", "id": "g1", "title": "One",
    }  # fmt: skip
    assert (row["locator"], row["kind"], row["uri"]) == (
        f"{path}#2",
        "row",
        f"{path.as_uri()}#id=g2",
    )
    assert (left["locator"], left["reason"]) == (str(path), "no_text")


def test_sitemaps_and_json_feeds_are_read_by_what_they_hold(tmp_path: Path) -> None:
    items = [{"id": "1", "url": "https://f.example.org/b"}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    for name, content in (
        ("a.xml", SITEMAP), ("b.rss", FEED), ("c.json", json.dumps(feed)),
    ):  # fmt: skip
        assert found(written(tmp_path / name, content))[0]["kind"] == "page"


@pytest.mark.parametrize(
    ("name", "content", "reason", "hint"),
    [
        ("a.opml", "<opml><body/></opml>", "not_a_feed", "newsloom sources import"),
        ("a.xml", "<nitf><body/></nitf>", "not_a_feed", "RSS"),
        ("a.xml", "<sitemapindex><sitemap><loc>https://f.example.org/s</loc></sitemap>"
         "</sitemapindex>", "nothing_usable", "newsloom sources add"),
        ("a.xml", "<rss><channel/></rss>", "nothing_usable", "no entries"),
    ],
)  # fmt: skip
def test_other_lists_are_told_with_the_next_step(
    tmp_path: Path, name: str, content: str, reason: str, hint: str
) -> None:
    (item,) = found(written(tmp_path / name, content))
    assert item["reason"] == reason
    assert hint in item["detail"]


def test_json_files_hold_rows_in_a_list_alone_or_one_a_line(tmp_path: Path) -> None:
    rows = [{"text": "Some words."}, 3, {"title": "Nothing else"}]
    assert reasons(found(written(tmp_path / "a.json", json.dumps(rows)))) == [
        None, "malformed", "no_text",
    ]  # fmt: skip
    assert reasons(found(written(tmp_path / "b.json", json.dumps(rows[0], indent=1)))) == [None]
    assert (
        reasons(found(written(tmp_path / "c.json", '{"text": "a"}\n{"text": "b"}'))) == [None] * 2
    )
    split = '{"text": "Some words.",\n "title": "More"}'
    assert reasons(found(written(tmp_path / "e.json", split))) == [None]
    assert reasons(found(written(tmp_path / "d.json", "[1, "))) == ["malformed"]


def test_lists_of_addresses_are_pages_to_fetch(tmp_path: Path) -> None:
    addresses = "https://a.example.org/1\nhttps://a.example.org/2\n"
    items = found(written(tmp_path / "a.urls", f"# mine\n\n{addresses}nonsense\n"))
    assert reasons(items) == [None, None, "bad_url"]
    assert items[0]["locator"].endswith("a.urls#3")
    assert items[0]["uri"] == "https://a.example.org/1"
    for given in (
        found(written(tmp_path / "b.txt", addresses)),
        found("-", stdin=addresses.encode()),
    ):
        assert [item["kind"] for item in given] == ["page", "page"]
    (text,) = found(written(tmp_path / "c.txt", f"See\n{addresses}"))
    assert text["kind"] == "text"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"text", "malformed"),
        ("a.docx", b"text", "malformed"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "encrypted"),
        ("a.eml", b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        ("a.pdf", pdf(["x" * 2000]), "too_large"),
    ],
)
def test_documents_that_are_none_are_told(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    assert reasons(found(written(tmp_path / name, content), max_document_bytes=1000)) == [reason]


@pytest.fixture
def store() -> fsspec.AbstractFileSystem:
    system = fsspec.filesystem("memory")
    for name, content in {
        "/bucket/a.txt": b"Some text.",
        "/bucket/sub/b.zip": zipped({"m.eml": mail()}),
        "/bucket/sub/c.jsonl": b'{"text": "One."}\n{"text": "Two."}',
        "/bucket/.hidden/d.txt": b"Not this.",
    }.items():
        system.pipe_file(name, content)
    return system


@pytest.mark.usefixtures("store")
def test_files_of_a_store_are_read_like_files() -> None:
    items = found("memory://bucket")
    assert [item["locator"] for item in items] == [
        "memory://bucket/a.txt", "memory://bucket/sub/b.zip!/m.eml",
        "memory://bucket/sub/c.jsonl#1", "memory://bucket/sub/c.jsonl#2",
    ]  # fmt: skip
    assert reasons(items) == [None] * 4
    assert [item["source"] for item in items] == ["bucket", "b", "c", "c"]
    (one,) = found("memory://bucket/*.txt")
    assert (one["locator"], one["uri"]) == ("memory://bucket/a.txt", "memory://bucket/a.txt")


@pytest.mark.usefixtures("store")
def test_what_a_store_refuses_is_told() -> None:
    (missing,) = found("memory://bucket/nothing.txt")
    assert missing["reason"] == "not_found"
    (package,) = found("gs://bucket/a.txt")
    assert package["reason"] == "unreadable"
    (wrapped,) = found("memory://bucket/a.zip::file:///etc/passwd")
    assert wrapped["reason"] == "bad_url"


def test_a_missing_package_is_named() -> None:
    if find_spec("s3fs") is not None:
        pytest.skip("The package is there.")
    (item,) = found("s3://bucket/a.txt")
    assert item["reason"] == "unreadable"
    assert "newsloom[s3]" in item["detail"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example.org/x/data.jsonl.gz?v=1", True),
        ("https://a.example.org/crawl.warc.gz", True),
        ("https://a.example.org/report.PDF", True),
        ("https://a.example.org/feed.xml", True),
        ("https://a.example.org/story.html", False),
        ("https://a.example.org/story.txt", False),
        ("https://a.example.org/", False),
        ("https://a.example.org/data.jsonl/about", False),
        ("http://[::1", False),
        ("ftp://a.example.org/a.zip", False),
    ],
)
def test_data_files_of_the_web_are_told_from_pages(address: str, expected: bool) -> None:
    assert is_data_file(address) is expected
