"""Start pages: the feeds that a page names, and the articles that it links to."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from newsloom.errors import InputError
from newsloom.extract.htmltext import html_string, tamed
from newsloom.extract.urls import canonical, host_source, is_home, same_site
from newsloom.listings.model import Candidate, Entry, address_of
from newsloom.plain import one_line
from newsloom.vocabulary import SourceKind

MAX_LINKS = 300
"""Articles taken from one page: the longest start pages link to about that many."""
MAX_CANDIDATES = 50
MAX_ANCHORS = 20_000

_FEED_TYPES = re.compile(
    r"application/(?:x[.-])?(?:rss|atom|rdf|feed)(?:\+(?:xml|json))?$|text/(?:rss|atom|rdf)(?:\+xml)?$",
    re.IGNORECASE,
)
# Types that mean a feed only where the address looks like one.
_VAGUE_TYPES = frozenset(("application/json", "application/xml", "text/xml", "text/plain", ""))
_FEED_ADDRESS = re.compile(
    r"(?:[./](?:rss|atom|rdf)(?:\d|\.xml|\.php|/)?|/feeds?/?|/feed/(?:rss2?|atom)/?|/index\.xml|"
    r"/feed\.(?:xml|json)|/rss[\w-]*\.xml|/feeds/posts/default)$",
    re.IGNORECASE,
)
_FEED_QUERY = re.compile(
    r"(?:^|&)(?:feed=(?:rss2?|atom|rdf)|type=100|format=(?:rss|feed))", re.IGNORECASE
)
_LESSER = re.compile(r"comment|kommentar|comentario|commentaire|podcast", re.IGNORECASE)

# Where articles are not: the page's own furniture, and lists of what is somewhere else.
_FURNITURE = frozenset(("nav", "footer", "form", "button", "noscript", "template"))
_NO_ARTICLE = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|authors?|search|login|log-?in|sign-?(?:in|up)|register|"
    r"account|profiles?|users?|abo(?:ut)?(?:-us)?|contact|kontakt|impressum|imprint|privacy|"
    r"datenschutz|terms|cookies?|legal|help|faq|jobs?|careers|microsites?|subscri(?:be|ptions?)|newsletters?|"
    r"shop|store|cart|advertis(?:e|ing)|feeds?|rss|page|wp-(?:content|admin|login)|cdn-cgi)"
    r"(?:/|\.\w{2,5}$|$)",
    re.IGNORECASE,
)
_NOT_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|json|xml|rss|atom|pdf|docx?|xlsx?|pptx?|zip|gz|mp[34]|"
    r"m4[av]|ogg|webm|mov|avi|exe|dmg|apk|ics|txt)$",
    re.IGNORECASE,
)
_DATE_IN_PATH = re.compile(r"/(?:19|20)\d{2}[/-]?(?:0?[1-9]|1[0-2]|[a-z]{3})(?:[/-]|\d)", re.I)
_NUMBERED = re.compile(r"(?:^|[-_./a-z])\d{5,}(?:[-_.]|$)", re.IGNORECASE)
_WORDS_OF_SLUG = re.compile(r"[^\W\d_]+", re.UNICODE)
_MIN_SLUG_WORDS = 4
_MIN_TITLE_CHARACTERS = 20
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def find_listings(html: bytes, content_type: str | None, url: str | None) -> list[Candidate]:
    """Return the feeds that a page names, the likeliest first; never raises.

    Links in the page's head count first; where it has none, links to what is called a feed.
    """
    tree = _tree(html, content_type)
    if tree is None:
        return []
    base = _base(tree, url)
    found: dict[str, Candidate] = {}
    for candidate in [*_declared(tree, base)] or [*_linked(tree, base)]:
        found.setdefault(candidate.address, candidate)
    ranked = sorted(found.values(), key=lambda c: bool(_LESSER.search(c.title + c.address)))
    return ranked[:MAX_CANDIDATES]


def article_links(html: bytes, content_type: str | None, url: str | None) -> list[Entry]:
    """Return the articles that a page links to, in its order; never raises.

    Taken are only links of the page's own site, outside of menus and footers, whose address has a
    date, a number or a headline in it and whose words are long enough for a headline: a section
    that is taken for an article costs more than an article that is found a day later.
    """
    tree = _tree(html, content_type)
    if tree is None:
        return []
    base = _base(tree, url)
    titles: dict[str, tuple[str, str]] = {}
    for anchor in tree.xpath("//a[@href]")[:MAX_ANCHORS]:
        address = address_of(anchor.get("href"), base)
        if address is None or not _may_be_article(address, url) or _in_furniture(anchor):
            continue
        key = canonical(address) or address
        title = one_line(" ".join(anchor.itertext()))[:500]
        # A picture and a headline often lead to the same article: the longer words are its title.
        if len(title) >= len(titles.get(key, ("", ""))[1]):
            titles[key] = (titles.get(key, (address,))[0], title)
    entries = [
        Entry(url=address, title=title, link_only=True)
        for address, title in titles.values()
        if _may_be_title(title)
    ]
    return entries[:MAX_LINKS]


def _tree(html: bytes, content_type: str | None) -> Any:
    import lxml.html
    from lxml import etree

    try:
        text = tamed(html_string(html, content_type))
        # As bytes: a string with an encoding declaration is refused.
        parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (InputError, etree.LxmlError, ValueError, AssertionError):
        return None


def _base(tree: Any, url: str | None) -> str | None:
    """Return what the page's links are relative to."""
    bases = tree.xpath("//base/@href")
    return (address_of(str(bases[0]), url) if bases else None) or url


def _declared(tree: Any, base: str | None) -> Iterator[Candidate]:
    links = tree.xpath("//link[@rel and @href]")
    for link in links[:MAX_ANCHORS]:
        relations = link.get("rel").lower().split()
        type_ = (link.get("type") or "").partition(";")[0].strip()
        address = address_of(link.get("href"), base)
        if address is None or not {"alternate", "feed"} & set(relations):
            continue
        vague = type_.lower() in _VAGUE_TYPES and ("feed" in relations or _is_feed(address))
        if _FEED_TYPES.match(type_) or vague:
            yield Candidate(address, SourceKind.FEED, one_line(link.get("title") or ""))


def _linked(tree: Any, base: str | None) -> Iterator[Candidate]:
    for anchor in tree.xpath("//a[@href]")[:MAX_ANCHORS]:
        address = address_of(anchor.get("href"), base)
        if address and _is_feed(address):
            title = one_line(" ".join(anchor.itertext()))[:200]
            yield Candidate(address, SourceKind.FEED, title)


def _is_feed(address: str) -> bool:
    parts = urlsplit(address)
    return bool(_FEED_ADDRESS.search(parts.path) or _FEED_QUERY.search(parts.query))


def _may_be_article(address: str, url: str | None) -> bool:
    """Tell whether an address is one that articles have."""
    if url and (not same_site(address, url) or canonical(address) == canonical(url)):
        return False
    path = unquote(urlsplit(address).path)
    if is_home(address) or _NO_ARTICLE.search(path) or _NOT_PAGES.search(path):
        return False
    dated = bool(_DATE_IN_PATH.search(path))
    if url and host_source(address) != host_source(url):
        return dated  # other hosts of a site are shops and job markets as often as sections
    slug = max(path.split("/"), key=len)
    return bool(
        dated
        or any(map(_NUMBERED.search, path.split("/")))
        or len(_WORDS_OF_SLUG.findall(slug)) >= _MIN_SLUG_WORDS
        or len(_UNSPACED.findall(slug)) >= _MIN_SLUG_WORDS
    )


def _may_be_title(title: str) -> bool:
    unspaced = len(_UNSPACED.findall(title))
    return len(title) + 2 * unspaced >= _MIN_TITLE_CHARACTERS and (" " in title or unspaced > 0)


def _in_furniture(anchor: Any) -> bool:
    return any(
        parent.tag in _FURNITURE or parent.get("role") in ("navigation", "contentinfo")
        for parent in anchor.iterancestors()
    )
