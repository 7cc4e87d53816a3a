"""RSS 0.9x to 2.0 and Atom, by feedparser: it reads bytes here, and never opens anything."""

import io
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from newsloom.errors import InputError
from newsloom.listings.model import Entry, Listing, address_of, distinct
from newsloom.listings.words import headline, whole
from newsloom.listings.xmlsafe import PARSING
from newsloom.plain import one_line
from newsloom.vocabulary import Reason, SourceKind

MAX_ENTRIES = 2_000
"""Of one feed; the longest that sites really serve have some hundreds."""
MAX_TAGS = 1_000_000
"""Of one feed, those in its texts counted: the parser takes 14 microseconds for each."""
MAX_NAME_CHARACTERS = 300

_ENTRY_TAG = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>/]", re.IGNORECASE)
_END_TAG = re.compile(rb"</(?:\w{1,20}:)?(?:rss|rdf|feed|channel)\s*>", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+")
_MAIL_WITH_NAME = re.compile(r"\S+@\S+\s*\((.+)\)$")


def read_feed(content: bytes, content_type: str | None, url: str | None) -> Listing:
    """Return the entries of a feed; broken XML is read as far as it goes.

    Its `broken` is set and `entries` are empty where nothing of it could be read.
    """
    feed = _parsed(_bounded(content), content_type)
    head = feed.feed
    language = _text(head, "language")
    # A saved feed has no address of its own; then its links are relative to the site's.
    base = url or address_of(_text(head, "link"), None)
    entries, passed_over, left_out = distinct(
        _entries(feed.entries, base, language, str(feed.version)), MAX_ENTRIES
    )
    return Listing(
        SourceKind.FEED,
        headline(_text(head, "title") or ""),
        language,
        entries,
        passed_over=passed_over,
        left_out=left_out,
        broken=_cut_off(feed, content),
    )


def _parsed(content: bytes, content_type: str | None) -> Any:
    """Return what feedparser makes of a feed; where it stumbles, of the feed as lxml repairs it."""
    from lxml import etree

    try:
        return _by_feedparser(content, content_type)
    except Exception as error:  # it raises whatever the broken place leads to
        what = one_line(f"{type(error).__name__}: {error}")[:200]
    try:
        tree = etree.fromstring(content.lstrip(), etree.XMLParser(**PARSING))
        return _by_feedparser(etree.tostring(tree, encoding="utf-8"), None)
    except Exception as error:
        raise InputError(Reason.MALFORMED, f"The feed is broken: {what}") from error


def _by_feedparser(content: bytes, content_type: str | None) -> Any:
    import feedparser  # only where there is a feed

    return feedparser.parse(
        # As a file: bytes alone would be tried as the name of one.
        io.BytesIO(content),
        response_headers={"content-type": content_type} if content_type else {},
        # Extraction makes plain text of it anyway, with links left out.
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _cut_off(feed: Any, content: bytes) -> str | None:
    """Return what is wrong with a feed that ends too soon; other mistakes cost it no entries."""
    from xml.sax import SAXException

    error = feed.get("bozo_exception")
    end = content[-2_000:].replace(b"\0", b"")  # which UTF-16 has between the letters
    if not isinstance(error, SAXException) or (feed.entries and _END_TAG.search(end)):
        return None
    return one_line(str(error))[:200]


def _bounded(content: bytes) -> bytes:
    """Cut a feed with far too many entries: each costs the parser time, even an empty one.

    Raises InputError (`too_large`) for one of hardly anything but tags.
    """
    if content.count(b"<") > MAX_TAGS:
        raise InputError(Reason.TOO_LARGE, f"The feed has over {MAX_TAGS} tags.")
    for number, match in enumerate(_ENTRY_TAG.finditer(content)):
        if number >= 2 * MAX_ENTRIES:
            return content[: match.start()]
    return content


def _entries(
    parsed: list[Any], url: str | None, language: str | None, version: str
) -> Iterator[Entry]:
    for raw in parsed:
        published, updated = _text(raw, "published"), _text(raw, "updated")
        if published is None and not version.startswith("atom"):
            # RSS has no date of change; a Dublin Core date, which is read as one, is the date.
            published, updated = updated, None
        yield Entry(
            url=_address(raw, url),
            id=_text(raw, "id"),
            title=headline(_text(raw, "title") or ""),
            published_at=published,
            updated_at=updated,
            authors=tuple(_authors(raw)),
            language=_text(raw, "language") or _detail_language(raw) or language,
            summary=_summary(raw),
            html=_content(raw),
        )


def _text(raw: Any, name: str) -> str | None:
    # dict.get, because feedparser's own looks under other names too, with a warning.
    value = dict.get(raw, name)
    return (whole(value).strip() or None) if isinstance(value, str) else None


def _address(raw: Any, base: str | None) -> str | None:
    """Return where the entry leads: not the counter that FeedBurner puts between."""
    for name in ("feedburner_origlink", "link"):
        if address := address_of(_text(raw, name), base):
            return address
    return None


def _authors(raw: Any) -> Iterator[str]:
    seen: set[str] = set()
    for entry in dict.get(raw, "authors") or ():
        name = one_line((_text(entry, "name") or "")[:MAX_NAME_CHARACTERS])
        if match := _MAIL_WITH_NAME.match(name):
            name = match[1]
        if name and not _MAIL.fullmatch(name) and name not in seen:
            seen.add(name)
            yield name


def _detail_language(raw: Any) -> str | None:
    return _text(dict.get(raw, "title_detail") or {}, "language")


def _summary(raw: Any) -> str | None:
    return _as_html(dict.get(raw, "summary_detail") or {})


def _content(raw: Any) -> str | None:
    """Return the longest of the texts that an entry carries besides its summary."""
    texts = [_as_html(part) for part in dict.get(raw, "content") or ()]
    return max(filter(None, texts), key=len, default=None)


def _as_html(detail: Any) -> str | None:
    value = _text(detail, "value")
    if value is None or (_text(detail, "type") or "") != "text/plain" or "<" in value:
        return value
    return escape(value, quote=False) if "&" not in value else value
