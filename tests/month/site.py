"""The world on loopback: one server, an address a site, everything as of the clock's moment."""

import asyncio
import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.utils import format_datetime
from html import escape
from typing import NamedTuple

from month.ticking import START, Ticking
from month.world import LISTED, Page, Site

CRAWL_DELAY_SECONDS = 20.0
RETRY_AFTER_SECONDS = 7200
THROTTLED_HOURS = (30, 40)
"""From so many to so many hours after the start, throttled sites refuse everything."""
OUTAGE_HOURS = (20, 60)
_HTML = "text/html; charset=utf-8"


class Visit(NamedTuple):
    """One request as the server saw it; `at` in seconds of the clock."""

    host: str
    path: str
    at: float
    status: int
    conditional: bool


class Answer(NamedTuple):
    """What the server sends."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = {}  # noqa: RUF012
    cut: bool = False


class Web:
    """The running server, and the log of its visits."""

    def __init__(self, sites: list[Site], clock: Ticking) -> None:
        self.sites = {site.host: site for site in sites}
        self.clock = clock
        self.visits: list[Visit] = []

    async def serve(self, started: threading.Event, stop: asyncio.Event) -> None:
        """Listen on the address of every site, on one port, until told to stop."""
        hosts = list(self.sites)
        first = await asyncio.start_server(self._connection, hosts[0], 0)
        port = first.sockets[0].getsockname()[1]
        servers = [first]
        if hosts[1:]:
            servers.append(await asyncio.start_server(self._connection, hosts[1:], port))
        for site in self.sites.values():
            site.port = port
        started.set()
        await stop.wait()
        for server in servers:
            server.close()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                with self.clock.request():
                    if not await self._exchange(self.sites[host], request, writer):
                        break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _exchange(self, site: Site, request: bytes, writer: asyncio.StreamWriter) -> bool:
        lines = request.decode("latin-1").split("\r\n")
        path = lines[0].split(" ")[1]
        headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines[1:])}
        answer = self.answer(site, path, headers)
        conditional = "if-none-match" in headers or "if-modified-since" in headers
        self.visits.append(
            Visit(site.host, path, self.clock.monotonic(), answer.status, conditional)
        )
        length = len(answer.body) + (500 if answer.cut else 0)
        sent = {"Content-Type": _HTML, "Content-Length": str(length)} | answer.headers
        head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        body = b"" if answer.status == 304 else answer.body
        writer.write(f"HTTP/1.1 {answer.status} X\r\n{head}\r\n".encode() + body)
        await writer.drain()
        return not answer.cut

    def answer(self, site: Site, path: str, headers: dict[str, str]) -> Answer:
        """Return what a site answers now."""
        hours = (self.clock.now() - START) / timedelta(hours=1)
        if path == "/robots.txt":
            return _robots(site)
        if site.habit == "throttled" and THROTTLED_HOURS[0] <= hours < THROTTLED_HOURS[1]:
            return Answer(status=429, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
        if site.habit == "outage" and OUTAGE_HOURS[0] <= hours < OUTAGE_HOURS[1]:
            return Answer(status=503)
        if path.startswith("/feed"):
            return self._feed(site, path, headers)
        page = next((p for p in site.published(self.clock.now()) if p.path == path), None)
        return self._page(site, page) if page else Answer(b"nothing here", 404)

    def _feed(self, site: Site, path: str, headers: dict[str, str]) -> Answer:
        if site.habit == "moved" and path == "/feed":
            return Answer(status=301, headers={"Location": "/feed-new"})
        listed = site.published(self.clock.now())[-LISTED:]
        tag = f'"{listed[-1].path if listed else "empty"}"'
        if site.habit == "new_etags":
            tag = f'"{self.clock.monotonic()}"'
        asked = headers.get("if-none-match")
        if site.habit == "lying304" and asked:
            return Answer(status=304)
        sent = {"ETag": tag} if site.habit in ("validators", "lying304", "new_etags") else {}
        if asked and asked == tag:
            return Answer(status=304, headers=sent)
        if site.habit == "chunks":
            sent["Content-Encoding"] = "gzip"
        body, kind = _list(site, listed)
        packed = gzip.compress(body) if site.habit == "chunks" else body
        return Answer(packed, headers=sent | {"Content-Type": kind})

    def _page(self, site: Site, page: Page) -> Answer:
        if page.fault:
            return _fault(site, page)
        charset = "latin-1" if site.habit == "latin1" else "utf-8"
        html = _html(page.title, page.words(self.clock.now()), page, self.clock)
        kind = f"text/html; charset={charset}"
        return Answer(html.encode(charset), headers={"Content-Type": kind})


def _robots(site: Site) -> Answer:
    lines = ["User-agent: *", "Disallow: /privado/"]
    if site.habit == "slow_crawl":
        lines.append(f"Crawl-delay: {CRAWL_DELAY_SECONDS:g}")
    # Only sites that ask for nothing may lack the file: a delay cannot be asked for without it.
    asks = site.habit == "slow_crawl" or _has_private(site)
    if site.number % 5 == 4 and not asks:
        return Answer(b"no such file", 404)
    return _text(lines)


def _text(lines: list[str]) -> Answer:
    return Answer("\n".join(lines).encode(), headers={"Content-Type": "text/plain"})


def _has_private(site: Site) -> bool:
    return any(page.fault == "forbidden" for page in site.pages)


def _list(site: Site, pages: list[Page]) -> tuple[bytes, str]:
    latest = pages[::-1]
    if site.habit == "atom":
        entries = "".join(
            f"<entry><id>{site.base}{p.path}</id><title>{escape(p.title)}</title>"
            f'<link href="{site.base}{p.path}"/><updated>{p.published_at.isoformat()}Z</updated>'
            "</entry>" for p in latest
        )  # fmt: skip
        text = (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{site.name}</title>{entries}</feed>'
        )
        return text.encode(), "application/atom+xml"
    if site.habit == "json":
        items = [
            {"id": p.path, "url": site.base + p.path, "title": p.title,
             "date_published": f"{p.published_at.isoformat()}Z"} for p in latest
        ]  # fmt: skip
        version = "https://jsonfeed.org/version/1.1"
        text = json.dumps({"version": version, "title": site.name, "items": items})
        return text.encode(), "application/feed+json"
    if site.habit == "sitemap":
        urls = "".join(
            f"<url><loc>{site.base}{p.path}</loc><lastmod>{p.published_at.isoformat()}Z</lastmod>"
            "</url>" for p in latest
        )  # fmt: skip
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        return f'<urlset xmlns="{space}">{urls}</urlset>'.encode(), "application/xml"
    items_ = "".join(
        f"<item><title>{escape(p.title)}</title><link>{site.base}{p.path}</link>"
        f"<guid>{p.path}</guid><pubDate>{format_datetime(p.published_at)}</pubDate></item>"
        for p in latest
    )
    text = f'<rss version="2.0"><channel><title>{site.name}</title>{items_}</channel></rss>'
    return text.encode(), "application/rss+xml"


def _html(title: str, text: str, page: Page, clock: Ticking) -> str:
    """Return a page with what changes at every visit around it: none of that is news."""
    sentences = [s.strip() + "." for s in text.split(". ") if s.strip(" .")]
    body = "".join(f"<p>{escape(s.replace('..', '.'))}</p>" for s in sentences)
    return (
        f'<!DOCTYPE html><html lang="es"><head><title>{escape(title)}</title>'
        f'<meta property="article:published_time" content="{page.published_at.isoformat()}Z">'
        f"</head><body><nav><a href='/'>Portada</a> <a href='/deportes'>Deportes</a></nav>"
        f"<article><h1>{escape(title)}</h1>{body}</article>"
        f"<footer>Son las {clock.now():%H:%M}. Visita número {int(clock.monotonic())}.</footer>"
        "</body></html>"
    )


def _fault(site: Site, page: Page) -> Answer:
    """Return what a broken page gives; see PAGE_FAULTS."""
    plain = f"<html><head><title>{escape(page.title)}</title></head><body>%s</body></html>"
    match page.fault:
        case "missing":
            return Answer(b"gone", 410)
        case "error":
            return Answer(b"sorry", 500)
        case "consent":
            text = (
                "<h1>Valoramos tu privacidad</h1><p>Nosotros y nuestros socios almacenamos o "
                "accedemos a información en un dispositivo, como cookies, y tratamos datos "
                "personales. Puedes aceptar o rechazar el uso de cookies y cambiar tus "
                "preferencias en cualquier momento.</p><button>Aceptar todo</button>"
                "<button>Rechazar todo</button><button>Configurar cookies</button>"
            )
            return Answer((plain % text).encode())
        case "challenge":
            return Answer(
                b"<html><head><title>Just a moment...</title></head><body>"
                b"<h1>Checking your browser</h1><p>Enable JavaScript and cookies to continue</p>"
                b'<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page"></script>'
                b"</body></html>"
            )
        case "short":
            return Answer((plain % "<article><p>En breve, más.</p></article>").encode())
        case "image":
            return Answer(b"\x89PNG\r\n\x1a\n" + bytes(64), headers={"Content-Type": "image/png"})
        case "huge":
            return Answer(b"", headers={"Content-Length": "900000000"}, cut=True)
        case "bomb":
            return Answer(
                gzip.compress(b"<p>" + b" " * 12_000_000), headers={"Content-Encoding": "gzip"}
            )
        case "circle":
            return Answer(status=302, headers={"Location": page.path})
        case "inside":
            return Answer(status=302, headers={"Location": "http://169.254.169.254/latest/"})
        case "cut":
            return Answer(b"<html><body><p>El r", cut=True)
    return Answer(b"", 404)


@contextmanager
def showing(sites: list[Site], clock: Ticking) -> Iterator[Web]:
    """Serve the world meanwhile."""
    web, started = Web(sites, clock), threading.Event()
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=loop.run_until_complete, args=(web.serve(started, stop),))
    thread.start()
    try:
        assert started.wait(30)
        yield web
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        _close(loop)


def _close(loop: asyncio.AbstractEventLoop) -> None:
    """End the connections that are still open."""
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()
    if waiting:
        loop.run_until_complete(asyncio.wait(waiting))
    loop.close()
