"""What a page declares about itself in its head: its address, and when it was published."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from newsloom.extract.dates import Moment, parse_date

Tree = Any
"""An lxml.html tree; lxml itself is loaded only where there is HTML."""

MAX_LINKED_DATA_CHARACTERS = 1_000_000
_MAX_OBJECTS = 2_000
# Most exact first. All mean the first publication, none a later change.
_DATE_NAMES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime",
    "publish-date", "publishdate", "publication_date", "pubdate", "date.issued", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "date",
)  # fmt: skip
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|Review|WebPage", re.IGNORECASE)


def declared_urls(tree: Tree) -> list[str]:
    """Return the addresses that a page gives for itself, most trusted first."""
    links = tree.xpath("//link[translate(@rel,'CANOIL','canoil')='canonical']/@href")
    shared = tree.xpath("//meta[@property='og:url' or @name='og:url']/@content")
    return [str(url) for url in (*links[:1], *shared[:1])]


def published(tree: Tree) -> Moment | None:
    """Return when the page says that it was first published; the most precise statement wins."""
    found = [moment for text in _statements(tree) if (moment := parse_date(text))]
    exact = (moment for moment in found if moment.precision == "second")
    return next(exact, found[0] if found else None)


def _statements(tree: Tree) -> Iterator[str]:
    yield from _linked_data_dates(tree)
    named: dict[str, str] = {}
    for meta in tree.iterfind(".//meta[@content]"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        named.setdefault(name.lower(), meta.get("content", ""))
    yield from (named[name] for name in _DATE_NAMES if name in named)
    marked = tree.xpath("//time[@datetime][@pubdate or @itemprop='datePublished']/@datetime")
    yield from map(str, marked[:1])


def _linked_data_dates(tree: Tree) -> Iterator[str]:
    """Yield `datePublished` of the articles in the page's linked data."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        for entry in islice(_objects(_parsed(script.text or "")), _MAX_OBJECTS):
            date = entry.get("datePublished")
            if isinstance(date, str) and _ARTICLE_TYPES.search(str(entry.get("@type", ""))[:200]):
                yield date


def _parsed(text: str) -> Any:
    if len(text) > MAX_LINKED_DATA_CHARACTERS:
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects at the top, in lists and in `@graph`, but not those inside an article."""
    if isinstance(value, list):
        for entry in value[:_MAX_OBJECTS]:
            yield from _objects(entry) if isinstance(entry, dict) else ()
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"))
