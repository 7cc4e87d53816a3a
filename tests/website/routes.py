"""Which answer a request gets: control, robots.txt, faults, lists, articles."""

import hashlib
import re

from website.control import control
from website.faults import fault
from website.feeds import feed
from website.pages import article_page, path_of, start_page
from website.state import Host, World
from website.wire import Ask, Reply, http_date

_ARTICLE = re.compile(r"/news/(\d+)(/.*)?")
_MOVED = re.compile(r"/moved/(\d+)")


def answer(world: World, ask: Ask) -> Reply:
    """Return the reply to a request."""
    if ask.path.startswith("/_control/"):
        return control(world, ask)
    host = world.hosts[ask.host]
    if ask.path == "/robots.txt":
        return _robots(host)
    if ask.path.startswith("/fault/"):
        return fault(world, ask) or Reply(b"<p>no such fault</p>", 404)
    if (listing := feed(host, ask.path, ask.base)) is not None:
        return _status(host, "feed") or _conditional(host, ask, listing)
    return _page(host, ask)


def _robots(host: Host) -> Reply:
    modes = host.modes
    headers = {"Content-Type": "text/plain", "Location": modes.get("robots_to", ""),
               "Retry-After": modes.get("robots_retry_after", "")}  # fmt: skip
    return Reply((host.robots or "").encode(), host.robots_status, headers)


def _page(host: Host, ask: Ask) -> Reply:
    if ask.path in ("/", "/plain"):
        return Reply(start_page(host, feeds=ask.path == "/").encode())
    if found := _MOVED.fullmatch(ask.path):
        moved = host.articles.get(int(found[1]))
        return Reply(status=301, headers={"Location": path_of(host, moved)}) if moved else _gone()
    found = _ARTICLE.fullmatch(ask.path)
    article = host.articles.get(int(found[1])) if found else None
    if article is None or article.gone:
        return _gone()
    page = Reply(article_page(host, article, ask.base).encode())
    page.headers["Last-Modified"] = http_date(article.updated_at or article.published_at)
    return _status(host, "page") or _conditional(host, ask, page)


def _gone() -> Reply:
    return Reply(b"<p>There is no such page.</p>", 404)


def _status(host: Host, kind: str) -> Reply | None:
    """Return the answer that a host gives in place of its pages or feeds, if it is told to."""
    status = host.modes.get(f"{kind}_status")
    if not status:
        return None
    return Reply(b"<p>error</p>", int(status), {"Retry-After": host.modes.get("retry_after", "")})


def _conditional(host: Host, ask: Ask, full: Reply) -> Reply:
    """Treat validators as the host's mode says."""
    mode = host.modes.get("validators", "honest")
    if mode == "none":
        full.headers.pop("Last-Modified", None)
        return full
    tag = f'"{hashlib.blake2b(full.body, digest_size=8).hexdigest()}"'
    full.headers["ETag"] = f'"{ask.times}-{len(host.articles)}"' if mode == "new" else tag
    asked = "if-none-match" in ask.headers or "if-modified-since" in ask.headers
    same = ask.headers.get("if-none-match") == tag
    if (mode == "forever" and asked) or (mode == "honest" and same):
        return Reply(status=304, headers={"ETag": tag, "Content-Type": "", "Content-Length": ""})
    return full
