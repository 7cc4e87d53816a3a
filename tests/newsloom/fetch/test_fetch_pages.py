import asyncio
import datetime
import json
import time
from collections.abc import Iterator
from io import BytesIO

import pyarrow as pa
import pytest
from clocks import Simulated
from fetch_helpers import PAGE, Server, get, serving, settings

from newsloom import ids
from newsloom.discover import Discovery
from newsloom.extract import extract
from newsloom.fetch import fetch, pace


@pytest.fixture(scope="module")
def web() -> Iterator[Server]:
    with serving() as server:
        yield server


def test_a_page_comes_back_with_all_that_is_known(web: Server) -> None:
    (item,) = web.get("/story?id=1")
    assert (item["content"], item["reason"]) == (PAGE, None)
    assert item["content_type"] == "text/html; charset=utf-8"
    assert item["final_url"] == f"{web.base}/story?id=1"
    assert item["content_hash"] == ids.content_hash("page", PAGE)
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    assert abs(item["fetched_at"] - now) < datetime.timedelta(seconds=30)
    sent = web.requests[-1][2]
    assert sent["User-Agent"].startswith("Newsloom/")
    assert sent["Accept-Encoding"] == "gzip, deflate, br, zstd"


@pytest.mark.parametrize(
    "path", ["/gzip", "/deflate", "/raw-deflate", "/untyped", "/consent", "/short"]
)
def test_packed_untyped_gated_and_miscounted_pages_arrive(web: Server, path: str) -> None:
    (item,) = web.get(path)
    assert (item["content"], item["reason"]) == (PAGE, None)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/404", "http_gone"),
        ("/500", "http_error"),
        ("/403", "http_error"),
        ("/204", "http_error"),
        ("/image", "not_article_type"),
        ("/untyped-binary", "not_article_type"),
        ("/loop", "redirects"),
        ("/endless", "redirects"),
        ("/to/ftp://example.org/a", "bad_url"),
        ("/to-password", "bad_url"),
        ("/to/http://[bad/", "bad_url"),
        ("/big", "too_large"),
        ("/big-unsaid", "too_large"),
        ("/bomb", "too_large"),
        ("/cut-gzip", "fetch_failed"),
        ("/bad-gzip", "fetch_failed"),
        ("/brotli", "fetch_failed"),
        ("/cut", "fetch_failed"),
        ("/nonsense", "fetch_failed"),
    ],
)
def test_each_fault_has_its_reason(web: Server, path: str, reason: str) -> None:
    (item,) = web.get(path, max_page_bytes=200_000, max_redirects=5)
    assert item["reason"] == reason, item["detail"]
    assert item["detail"]
    assert item["content"] is None
    assert "secret" not in str(item)


def test_redirects_are_followed_to_the_final_address(web: Server) -> None:
    (item,) = web.get(f"/to/{web.base}/to//story")
    assert (item["reason"], item["final_url"]) == (None, f"{web.base}/story")
    assert item["uri"].startswith(f"{web.base}/to/")


def test_cookies_stay_with_the_page_that_got_them(web: Server) -> None:
    before = len(web.requests)
    web.get("/consent", "/story", concurrency=1)
    sent = {path: headers.get("Cookie") for _, path, headers in web.requests[before:]}
    assert sent == {"/consent": "ok=1", "/consent-set": None, "/story": None}


def test_a_redirect_too_many(web: Server) -> None:
    path = "/to//to//story"
    assert web.get(path, max_redirects=2)[0]["reason"] is None
    assert web.get(path, max_redirects=1)[0]["reason"] == "redirects"


def test_a_slow_drip_ends_with_the_time_for_a_page(web: Server) -> None:
    started = time.monotonic()
    (item,) = web.get("/drip", total_timeout_seconds=0.5, read_timeout_seconds=5.0)
    assert item["reason"] == "fetch_timeout"
    assert time.monotonic() - started < 2.0


def test_a_silent_server_ends_with_the_read_timeout(web: Server) -> None:
    (item,) = web.get("/silent", read_timeout_seconds=0.2)
    assert item["reason"] == "fetch_timeout"
    assert "silent" in item["detail"]


def test_a_closed_port_and_a_wrong_protocol_are_told(web: Server) -> None:
    closed, tls = get("http://127.0.0.1:9/", web.base.replace("http:", "https:"))
    assert closed["reason"] == "fetch_failed"
    assert tls["reason"] == "fetch_failed"
    assert "TLS" in tls["detail"]


def test_a_host_is_not_asked_faster_than_allowed(
    web: Server, simulated: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "_last", {})
    items = web.get("/a", "/b", "/c", "/d", per_host_delay_seconds=0.15)
    assert [item["reason"] for item in items] == [None] * 4
    assert simulated.passed == pytest.approx(4 * 0.15)  # the first was for robots.txt


def test_waiting_for_a_turn_does_not_use_up_the_time_for_a_page(web: Server) -> None:
    items = web.get(
        "/a", "/b", "/c", "/d", per_host_delay_seconds=0.3, total_timeout_seconds=0.6
    )  # fmt: skip
    assert [item["reason"] for item in items] == [None] * 4


def test_other_rows_pass_untouched_and_nothing_is_fetched_twice(web: Server) -> None:
    chosen = settings()
    inputs = ["-", f"{web.base}/a", "nowhere.txt", "http://"]
    items = pa.concat_tables(Discovery(inputs, chosen, stdin=BytesIO(b"Some text.")))
    once = fetch(items, chosen)
    assert once["reason"].to_pylist() == [None, None, "not_found", "bad_url"]
    before = len(web.requests)
    assert fetch(once, chosen).equals(once)
    assert len(web.requests) == before


def test_it_works_inside_a_running_event_loop(web: Server) -> None:
    async def inside() -> list[dict[str, object]]:
        return web.get("/a")

    assert asyncio.run(inside())[0]["reason"] is None


@pytest.mark.parametrize(("path", "field"), [("/story", "html"), ("/plain", "text")])
def test_the_page_of_a_row_joins_its_other_fields(web: Server, path: str, field: str) -> None:
    chosen = settings()
    line = json.dumps({"url": web.base + path, "id": 7, "source": "wire", "date": "2023-08-22"})
    items = pa.concat_tables(Discovery(["-"], chosen, stdin=BytesIO(line.encode())))
    fetched = fetch(items, chosen)
    row = json.loads(fetched["content"][0].as_py())
    assert row["id"] == "7"
    assert "Water rose." in row[field]
    (document,) = extract(fetched, chosen).to_pylist()
    assert (document["source"], document["external_id"]) == ("wire", "7")
    assert (document["published_from"], document["published_precision"]) == ("row", "day")
    assert "Water rose." in document["text"]


def test_a_live_page_without_a_date_is_dated_by_the_fetch(web: Server) -> None:
    chosen = settings()
    fetched = fetch(pa.concat_tables(Discovery([f"{web.base}/a"], chosen)), chosen)
    (document,) = extract(fetched, chosen).to_pylist()
    assert document["published_from"] == "fetched"
    assert document["published_at"] == fetched["fetched_at"][0].as_py()
    assert document["source"] == "127.0.0.1"
