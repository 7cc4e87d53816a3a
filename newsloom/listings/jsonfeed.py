"""JSON Feed, versions 1 and 1.1."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from newsloom.discover.decoding import decode
from newsloom.errors import InputError
from newsloom.listings.model import Entry, Listing, address_of, distinct
from newsloom.listings.words import headline, whole
from newsloom.listings.xmlfeed import MAX_ENTRIES
from newsloom.plain import one_line
from newsloom.vocabulary import Reason, SourceKind


def read_json_feed(content: bytes, url: str | None) -> Listing:
    """Return the entries of a JSON Feed, or raise InputError (`not_a_feed`, `malformed`)."""
    feed = _parsed(content)
    if not isinstance(feed, dict) or not is_json_feed(feed):
        raise InputError(
            Reason.NOT_A_FEED, "This is JSON, but not a JSON Feed: it names no version of that."
        )
    language = _text(feed, "language")
    entries, passed_over, left_out = distinct(_entries(feed, url, language), MAX_ENTRIES)
    title = headline(_text(feed, "title") or "")
    return Listing(
        SourceKind.FEED, title, language, entries, passed_over=passed_over, left_out=left_out
    )


def is_json_feed(value: dict[str, Any]) -> bool:
    """Tell whether a JSON object is a JSON Feed."""
    return "jsonfeed.org/version" in str(value.get("version"))[:200]


def _parsed(content: bytes) -> Any:
    try:
        # Numbers stay as written: an id must not lose digits, a huge one must not cost time.
        return json.loads(decode(content), parse_int=str, parse_float=str, strict=False)
    except (ValueError, RecursionError) as error:
        raise InputError(
            Reason.MALFORMED, f"This is not valid JSON: {one_line(str(error))[:200]}."
        ) from error


def _entries(feed: dict[str, Any], url: str | None, language: str | None) -> Iterator[Entry]:
    items = feed.get("items")
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            yield Entry()
            continue
        yield Entry(
            url=address_of(_text(item, "url"), url) or address_of(_text(item, "external_url"), url),
            id=_text(item, "id"),
            title=headline(_text(item, "title") or ""),
            published_at=_text(item, "date_published"),
            updated_at=_text(item, "date_modified"),
            authors=tuple(dict.fromkeys(_authors(item) or _authors(feed))),
            language=_text(item, "language") or language,
            summary=_escaped(_text(item, "summary")),
            html=_text(item, "content_html") or _escaped(_text(item, "content_text")),
        )


def _text(values: dict[str, Any], name: str) -> str | None:
    value = values.get(name)
    return (whole(value).strip() or None) if isinstance(value, str) else None


def _escaped(text: str | None) -> str | None:
    """Return plain text as HTML, its paragraphs kept."""
    if text is None:
        return None
    paragraphs = escape(text, quote=False).split("\n\n")
    return paragraphs[0] if len(paragraphs) == 1 else "".join(f"<p>{p}</p>" for p in paragraphs)


def _authors(values: dict[str, Any]) -> list[str]:
    given = values.get("authors") or values.get("author")
    people = given if isinstance(given, list) else [given]
    names = (one_line(_text(p, "name") or "") for p in people if isinstance(p, dict))
    return [name for name in names if name]
