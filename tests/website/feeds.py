"""The lists of a host's articles, in every form that a site may offer."""

import gzip
import json
from collections.abc import Callable
from html import escape

from website.pages import path_of
from website.prose import story
from website.state import Article, Host
from website.wire import Reply, http_date

SITEMAP_SIZE = 50
"""Addresses in one part of the sitemap."""


def feed(host: Host, path: str, base: str) -> Reply | None:
    """Return the feed or sitemap at a path, None where there is none."""
    if path.startswith("/sitemap-") and path.endswith(".xml.gz"):
        number = path.removeprefix("/sitemap-").removesuffix(".xml.gz")
        packed = gzip.compress(_sitemap(host, base, int(number)).encode(), mtime=0)
        return Reply(packed, headers={"Content-Type": "application/gzip"})
    if path not in _FORMS:
        return None
    content_type, make = _FORMS[path]
    return Reply(make(host, base).encode(), headers={"Content-Type": content_type})


def _rss(host: Host, base: str) -> str:
    entries = "".join(
        f"<item><title>{_title(host, a)}</title><link>{base}{path_of(host, a)}</link>"
        f'<guid isPermaLink="false">{host.name}-{a.number}</guid>'
        f"<dc:creator>{escape(story(host.name, a.number).author)}</dc:creator>"
        f"<pubDate>{http_date(a.published_at)}</pubDate>{_updated(a)}"
        f"<description>{_summary(host, a)}</description></item>\n"
        for a in host.listed()
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">'
        f"<channel><title>The {host.name} Courier</title><link>{base}/</link>"
        f"<description>News</description><language>en</language>\n{entries}</channel></rss>\n"
    )


def _updated(article: Article) -> str:
    moment = article.updated_at
    return f"<atom:updated>{moment.isoformat()}Z</atom:updated>" if moment else ""


def _atom(host: Host, base: str) -> str:
    entries = "".join(
        f"<entry><id>tag:{host.name},2026:{a.number}</id><title>{_title(host, a)}</title>"
        f'<link href="{base}{path_of(host, a)}"/>'
        f"<published>{a.published_at.isoformat()}Z</published>"
        f"<updated>{(a.updated_at or a.published_at).isoformat()}Z</updated>"
        f"<author><name>{escape(story(host.name, a.number).author)}</name></author>"
        f"<summary>{_summary(host, a)}</summary></entry>\n"
        for a in host.listed()
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<id>{base}/</id><title>The {host.name} Courier</title>\n{entries}</feed>\n"
    )


def _json(host: Host, base: str) -> str:
    items = [
        {
            "id": f"{host.name}-{a.number}",
            "url": f"{base}{path_of(host, a)}",
            "title": story(host.name, a.number).title,
            "summary": story(host.name, a.number).paragraphs[0],
            "date_published": f"{a.published_at.isoformat()}Z",
            "date_modified": f"{(a.updated_at or a.published_at).isoformat()}Z",
            "authors": [{"name": story(host.name, a.number).author}],
        }
        for a in host.listed()
    ]
    version = "https://jsonfeed.org/version/1.1"
    title = f"The {host.name} Courier"
    return json.dumps({"version": version, "title": title, "language": "en", "items": items})


def _sitemap(host: Host, base: str, part: int | None = None) -> str:
    articles = [a for a in host.articles.values() if not a.gone]
    if part is not None:
        articles = articles[(part - 1) * SITEMAP_SIZE : part * SITEMAP_SIZE]
    return _urlset(
        "".join(
            f"<url><loc>{base}{path_of(host, a)}</loc>"
            f"<lastmod>{(a.updated_at or a.published_at).isoformat()}Z</lastmod></url>\n"
            for a in articles
        )
    )


def _dead(host: Host, base: str) -> str:
    """Return an index whose sitemaps are not there."""
    return _index(host, f"{base}/gone").replace("</sitemapindex>", "") + (
        f"<sitemap><loc>{base}/gone/too.xml</loc></sitemap></sitemapindex>"
    )


def _index(host: Host, base: str) -> str:
    parts = range(1, -(-len(host.articles) // SITEMAP_SIZE) + 1)
    listed = "".join(f"<sitemap><loc>{base}/sitemap-{n}.xml.gz</loc></sitemap>\n" for n in parts)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'
    )


def _news(host: Host, base: str) -> str:
    return _urlset(
        "".join(
            f"<url><loc>{base}{path_of(host, a)}</loc><news:news><news:publication>"
            f"<news:name>The {host.name} Courier</news:name><news:language>en</news:language>"
            f"</news:publication><news:publication_date>{a.published_at.isoformat()}Z"
            f"</news:publication_date><news:title>{_title(host, a)}</news:title>"
            "</news:news></url>\n"
            for a in host.listed()
        )
    )


def _urlset(urls: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>\n'
    )


def _opml(host: Host, base: str) -> str:
    return (
        '<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body>'
        f'<outline text="{host.name}"><outline type="rss" text="The {host.name} Courier" '
        f'xmlUrl="{base}/feed.rss" htmlUrl="{base}/"/></outline></body></opml>'
    )


def _title(host: Host, article: Article) -> str:
    return escape(story(host.name, article.number).title)


def _summary(host: Host, article: Article) -> str:
    return escape(story(host.name, article.number).paragraphs[0])


_FORMS: dict[str, tuple[str, Callable[[Host, str], str]]] = {
    "/feed.rss": ("application/rss+xml; charset=utf-8", _rss),
    "/feed.atom": ("application/atom+xml; charset=utf-8", _atom),
    "/feed.json": ("application/feed+json", _json),
    "/sitemap.xml": ("application/xml", _sitemap),
    "/sitemap-index.xml": ("application/xml", _index),
    "/sitemap-dead.xml": ("application/xml", _dead),
    "/news-sitemap.xml": ("application/xml", _news),
    "/feeds.opml": ("text/x-opml", _opml),
}
