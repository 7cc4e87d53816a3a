"""Shared by the tests of fetching: a small hostile web server on loopback."""

import dataclasses
import gzip
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pyarrow as pa
from website import Site

from newsloom.discover import Discovery
from newsloom.fetch import Answer, Hosts, Request, fetch
from newsloom.fetch import get as fetch_addresses
from newsloom.settings import ExtractSettings, FetchSettings, Settings

PAGE = b"<html><head><title>Dam fails</title></head><body><p>Water rose.</p></body></html>"
STATUSES = {"/404": 404, "/500": 500, "/403": 403, "/204": 204}


class Handler(BaseHTTPRequestHandler):
    """Answers by path; every request but that for robots.txt is noted with its time."""

    protocol_version = "HTTP/1.1"
    requests: list[tuple[float, str, dict[str, str]]]

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self.answer(b"", status=404)
            return
        self.requests.append((time.monotonic(), self.path, dict(self.headers)))
        name = self.path.split("?")[0].strip("/").replace("-", "_")
        if self.path in STATUSES:
            self.answer(b"error page", status=STATUSES[self.path])
        elif self.path.startswith("/to/"):
            self.answer(b"", status=302, Location=self.path[4:])
        else:
            getattr(self, f"do_{name}", self.do_page)()

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        sent = {"Content-Type": "text/html; charset=utf-8"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        sent.setdefault("Content-Length", str(len(body)))
        for name, value in sent.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_page(self) -> None:
        self.answer(PAGE)

    def do_gzip(self) -> None:
        self.answer(gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:]), Content_Encoding="gzip")

    def do_deflate(self) -> None:
        self.answer(zlib.compress(PAGE), Content_Encoding="deflate")

    def do_raw_deflate(self) -> None:
        packer = zlib.compressobj(wbits=-15)
        self.answer(packer.compress(PAGE) + packer.flush(), Content_Encoding="deflate")

    def do_cut_gzip(self) -> None:
        self.answer(gzip.compress(PAGE)[:-12], Content_Encoding="gzip")

    def do_bad_gzip(self) -> None:
        self.answer(b"not gzip", Content_Encoding="gzip")

    def do_brotli(self) -> None:
        self.answer(b"xx", Content_Encoding="br")

    def do_bomb(self) -> None:
        self.answer(gzip.compress(b"x" * 30_000_000, 9), Content_Encoding="gzip")

    def do_big(self) -> None:
        self.answer(b"x" * 300_000)

    def do_big_unsaid(self) -> None:
        self.answer(b"x" * 300_000, Content_Length="", Connection="close")
        self.close_connection = True

    def do_image(self) -> None:
        self.answer(b"\x89PNG", Content_Type="image/png")

    def do_plain(self) -> None:
        self.answer(b"Dam fails\n\nWater rose.", Content_Type="text/plain")

    def do_untyped(self) -> None:
        self.answer(PAGE, Content_Type="")

    def do_untyped_binary(self) -> None:
        self.answer(b"\x00\x01\x02" * 50, Content_Type="")

    def do_loop(self) -> None:
        self.answer(b"", status=301, Location="/loop2")

    def do_loop2(self) -> None:
        self.answer(b"", status=308, Location="/loop")

    def do_to_password(self) -> None:
        self.answer(b"", status=302, Location="http://user:secret@example.org/")

    def do_endless(self) -> None:
        number = int(self.path.partition("?")[2] or 0)
        self.answer(b"", status=302, Location=f"/endless?{number + 1}")

    def do_consent(self) -> None:
        if "ok=1" in self.headers.get("Cookie", ""):
            self.do_page()
        else:
            self.answer(b"", status=302, Location="/consent-set")

    def do_consent_set(self) -> None:
        self.answer(b"", status=302, Location="/consent", Set_Cookie="ok=1; Path=/")

    def do_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(30):
            try:
                self.wfile.write(b"x")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    def do_silent(self) -> None:
        time.sleep(1.0)
        self.close_connection = True

    def do_short(self) -> None:
        self.answer(PAGE, Content_Length=str(len(PAGE) + 100), Connection="close")
        self.close_connection = True

    def do_cut(self) -> None:
        self.answer(PAGE[:40], Content_Length=str(len(PAGE)), Connection="close")
        self.close_connection = True

    def do_nonsense(self) -> None:
        self.wfile.write(b"this is not HTTP\r\n\r\n")
        self.close_connection = True


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up early are part of the tests."""


class Server:
    """A running server; `get` fetches paths from it."""

    def __init__(self, server: ThreadingHTTPServer, requests: list[Any]) -> None:
        self.port = server.server_address[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.requests = requests

    def get(self, *paths: str, **changes: Any) -> list[dict[str, Any]]:
        return get(*[f"{self.base}{path}" for path in paths], **changes)


@contextmanager
def serving() -> Iterator[Server]:
    noted: list[Any] = []
    handler = type("Noting", (Handler,), {"requests": noted})
    with _Quiet(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield Server(server, noted)
        finally:
            server.shutdown()
            thread.join()


def settings(**changes: Any) -> Settings:
    """Return settings that may reach loopback, without waiting."""
    quick = {
        "per_host_delay_seconds": 0.0,
        "retry_delay_seconds": 0.0,
        "allow_addresses": ("127.0.0.0/8",),
    }
    return Settings(
        fetch=dataclasses.replace(FetchSettings(), **(quick | changes)),
        extract=ExtractSettings(min_page_characters=0),  # the pages here are short
    )


def get(*urls: str, **changes: Any) -> list[dict[str, Any]]:
    chosen = settings(**changes)
    items = pa.concat_tables(Discovery(urls, chosen))
    answer = fetch(items, chosen)
    assert answer.schema == items.schema
    assert answer["ordinal"].to_pylist() == items["ordinal"].to_pylist()
    rows: list[dict[str, Any]] = answer.to_pylist()
    return rows


def asked(hosts: Hosts, *urls: str, **changes: Any) -> list[Answer]:
    """Fetch addresses with what is known of the hosts."""
    return fetch_addresses([Request(url) for url in urls], settings(**changes), hosts)


def ask(*urls: str, **changes: Any) -> list[Answer]:
    """Fetch addresses of the site, of which nothing is known yet."""
    return asked(Hosts(), *urls, **changes)


def paths(site: Site, host: int = 0) -> list[str]:
    """Return what was asked of one of the site's hosts so far."""
    return [entry["path"] for entry in site.log() if entry["host"] == site.hosts[host]]
