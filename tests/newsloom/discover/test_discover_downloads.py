"""Data files of the web, against a real server of this machine."""

import dataclasses
import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from archives import pdf, warc, zipped

from newsloom import fetch
from newsloom.discover import Discovery
from newsloom.settings import FetchSettings, Settings

pytestmark = pytest.mark.skipif(not hasattr(fetch, "download"), reason="Downloads are to come.")

ROWS = b'{"text": "One."}\n{"text": "Two."}\n'
FEED = b"<rss><channel><item><title>x</title><link>a/1</link></item></channel></rss>"
FILES = {
    "/data/rows.jsonl.gz": gzip.compress(ROWS),
    "/crawl.warc.gz": warc(2),
    "/all.zip": zipped({"a.txt": b"Some text."}),
    "/report.pdf": pdf(["Some text of a report."]),
    "/news/feed.xml": FEED,
    "/no.zip": b"<html>Not here any more.</html>",
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        content = FILES.get(self.path)
        self.send_response(200 if content is not None else 404)
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def items_of(*addresses: str) -> list[dict[str, Any]]:
    local = FetchSettings(allow_addresses=("127.0.0.0/8",), per_host_delay_seconds=0)
    settings = dataclasses.replace(Settings(), fetch=local)
    return [item for batch in Discovery(addresses, settings) for item in batch.to_pylist()]


def test_data_files_are_downloaded_and_read_like_files(address: str) -> None:
    items = items_of(f"{address}/data/rows.jsonl.gz", f"{address}/crawl.warc.gz",
                     f"{address}/all.zip", f"{address}/report.pdf")  # fmt: skip
    assert [item["reason"] for item in items] == [None] * 6
    assert [item["locator"].removeprefix(address) for item in items] == [
        "/data/rows.jsonl.gz#1", "/data/rows.jsonl.gz#2", "/crawl.warc.gz#1", "/crawl.warc.gz#2",
        "/all.zip!/a.txt", "/report.pdf",
    ]  # fmt: skip
    assert items[2]["uri"] == "https://bay.example.org/0"
    assert items[5]["uri"] == f"{address}/report.pdf"


def test_links_of_a_downloaded_feed_are_relative_to_its_address(address: str) -> None:
    (item,) = items_of(f"{address}/news/feed.xml")
    assert (item["kind"], item["uri"]) == ("page", f"{address}/news/a/1")


def test_downloads_that_fail_are_told(address: str) -> None:
    gone, wrong = items_of(f"{address}/gone.zip", f"{address}/no.zip")
    assert (gone["locator"], gone["reason"]) == (f"{address}/gone.zip", "http_gone")
    assert wrong["reason"] == "malformed"
    (blocked,) = list(Discovery([f"{address}/all.zip"], Settings()))
    assert blocked["reason"].to_pylist() == ["blocked_address"]
