"""What an answer is made of: what its server calls it, unless the bytes show that it is not so."""

import re

from newsloom.discover.decoding import encoding_of
from newsloom.discover.found import printable
from newsloom.errors import InputError
from newsloom.vocabulary import Reason

PAGE_TYPES = frozenset(
    ("text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml")
)
_NO_TELLING = frozenset(
    ("", "application/octet-stream", "binary/octet-stream", "application/unknown",
     "unknown/unknown", "application/x-unknown", "text/markdown")
)  # fmt: skip
"""Types that servers give to what they do not know: the bytes decide."""

# Taken away first: a pattern that passes over them on the way would try all ways to do so.
_PROLOGUE = re.compile(rb"<!--.*?-->|<\?[^>]*>", re.DOTALL)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_LISTING = re.compile(rb"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex|opml)[\s>]")
_ANY_ROOT = re.compile(rb"<[A-Za-z]")
_HEAD_BYTES = 2048

_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a packed file"),
)
_NAMES = {
    "application/pdf": "a PDF document",
    "application/rss+xml": "a feed",
    "application/atom+xml": "a feed",
    "application/rdf+xml": "a feed",
    "application/feed+json": "a feed",
    "application/json": "JSON data",
    "application/zip": "a ZIP archive",
}
_HINTS = {
    "a feed": "Follow it as a source (sources add) instead.",
    "a sitemap": "Follow it as a source (sources add) instead.",
    "a PDF document": "Save it and ingest the file.",
    "a ZIP archive or an office document": "Save it and ingest the file.",
    "a ZIP archive": "Save it and ingest the file.",
}


def refuse_type(declared: str) -> None:
    """Raise InputError (`not_article_type`) for what is surely no page, before it is read."""
    name = bare(declared)
    if name not in PAGE_TYPES and name not in _NO_TELLING:
        raise _wrong(_NAMES.get(name, printable(name)[:80]))


def page_type(content: bytes, declared: str) -> str:
    """Return the content type of a page; raises InputError (`not_article_type`) for what is none.

    A charset that the server declared stays with it.
    """
    name = bare(declared)
    head = content[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    head = _PROLOGUE.sub(b"", head).lstrip()
    kind = kind or _listing(head)
    if kind:
        raise _wrong(kind)
    if name in PAGE_TYPES and name != "text/plain":
        return declared
    if _HTML.match(head) or (name in _NO_TELLING and head.startswith(b"<")):
        return f"text/html{declared[len(declared.partition(';')[0]) :]}"
    if name == "text/plain":
        return declared
    try:
        encoding_of(content)
    except InputError as error:
        raise _wrong("binary data") from error
    return "text/plain"


def bare(content_type: str) -> str:
    """Return a content type without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def _listing(head: bytes) -> str | None:
    """Tell a feed or sitemap by its root element."""
    root = _ANY_ROOT.search(head)
    found = _LISTING.match(head, root.start()) if root else None
    if found is None:
        return None
    return "a sitemap" if found[1] in (b"urlset", b"sitemapindex") else "a feed"


def _wrong(kind: str) -> InputError:
    hint = _HINTS.get(kind, "")
    return InputError(
        Reason.NOT_ARTICLE_TYPE,
        f"The server sent {kind}, not a page or text.{' ' + hint if hint else ''}",
    )
