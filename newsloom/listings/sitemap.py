"""XML sitemaps, news sitemaps, their index files, and sitemaps that are lists of addresses."""

import io
from collections.abc import Iterator
from typing import Any

from newsloom.extract.dates import parse_date
from newsloom.listings.model import Entry, Listing, address_of, distinct
from newsloom.listings.words import headline, whole
from newsloom.listings.xmlsafe import PARSING, local_name
from newsloom.plain import one_line
from newsloom.vocabulary import SourceKind

MAX_ENTRIES = 50_000
"""Of one sitemap: the standard's own limit."""
MAX_BYTES = 52_428_800
"""Of one sitemap, unpacked: the standard's own limit."""

_OF_INTEREST = frozenset(("loc", "lastmod", "title", "publication_date", "language"))


def read_sitemap(content: bytes, url: str | None) -> Listing:
    """Return the pages of a sitemap, or of an index the sitemaps; read as far as it goes."""
    from lxml import etree

    # From the first mark on: sites do put blank lines before it, which XML forbids.
    events = etree.iterparse(io.BytesIO(content.lstrip()), events=("end",), **PARSING)
    pages: list[Entry] = []
    more: dict[str, str] = {}
    left_out = 0
    try:
        for name, said in _blocks(events):
            if len(pages) + len(more) >= MAX_ENTRIES:
                left_out += 1
            elif name == "url":
                pages.append(_entry(said, url))
            elif address := address_of(said.get("loc"), url):
                more.setdefault(address, said.get("lastmod", ""))
    except etree.LxmlError:
        pass  # which its log tells, too
    broken = [one_line(error.message)[:200] for error in events.error_log]
    entries, passed_over, _ = distinct(pages, MAX_ENTRIES)
    return Listing(
        SourceKind.SITEMAP, entries=entries, more=_latest_first(more), passed_over=passed_over,
        left_out=left_out, broken=broken[0] if broken else None,
    )  # fmt: skip


def _latest_first(lists: dict[str, str]) -> list[str]:
    """Return the sitemaps of an index, those changed last first; the undated keep their order."""

    def age(address: str) -> float:
        moment = parse_date(lists[address])
        return -moment.at.timestamp() if moment else 0.0

    return sorted(lists, key=age)


def read_address_list(text: str, url: str | None) -> Listing:
    """Return the pages of a sitemap that is a plain list of addresses, one a line."""
    found = (Entry(url=address_of(line, url)) for line in text.splitlines() if line.strip())
    entries, passed_over, left_out = distinct(found, MAX_ENTRIES)
    return Listing(SourceKind.SITEMAP, entries=entries, passed_over=passed_over, left_out=left_out)


def is_address_list(text: str) -> bool:
    """Tell whether the first lines of a text are addresses and nothing else."""
    lines = [line.strip() for line in text[:20_000].splitlines()[:20] if line.strip()]
    return bool(lines) and all(line.startswith(("http://", "https://")) for line in lines)


def _blocks(events: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each `url` or `sitemap` element with the texts in it that matter."""
    said: dict[str, str] = {}
    for _, element in events:
        name = local_name(element.tag)
        if name in _OF_INTEREST and not _of_picture(element):
            said.setdefault(name, (element.text or "").strip())
        elif name in ("url", "sitemap"):
            yield name, said
            said = {}
            _forget(element)


def _of_picture(element: Any) -> bool:
    """Tell whether a `loc` or `title` is that of a picture or film on the page."""
    parent = element.getparent()
    return parent is not None and local_name(parent.tag) in ("image", "video")


def _forget(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _entry(said: dict[str, str], url: str | None) -> Entry:
    return Entry(
        url=address_of(said.get("loc"), url),
        title=headline(whole(said.get("title", ""))),
        published_at=said.get("publication_date") or None,
        updated_at=said.get("lastmod") or None,
        language=said.get("language") or None,
    )
