"""Rows: the documented fields of a JSON, CSV or Parquet row, as canonical JSON bytes.

    id  url  title  text  html  published_at (or date)  updated_at  source  authors  language

Unknown fields are ignored. Equal fields give equal bytes, so a row is recognised by content.
A row with an address and nothing to read becomes a page to fetch, whose content is this JSON,
marked by ROW_TYPE: the page's HTML joins the other fields when it has been fetched.
"""

import datetime
import json
import math
import re
from collections.abc import Mapping
from typing import Any

from newsloom.discover.addresses import checked, without_secrets
from newsloom.discover.found import Found, printable, quoted
from newsloom.errors import InputError
from newsloom.ids import content_hash
from newsloom.vocabulary import Kind, Reason

FIELDS = (
    "id", "url", "title", "text", "html", "published_at", "updated_at", "source", "authors",
    "language",
)  # fmt: skip
ALIASES = {"date": "published_at"}
ROW_TYPE = "application/vnd.newsloom.row+json"
"""Content type of a page to fetch that carries the other fields of its row."""

FEED_HTML = "feed_html"
"""In such a row: the text of the article as a feed gave it, for where its page shows a wall."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_AUTHOR_SEPARATORS = (";", ",")


def fields_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the documented fields as text (authors: a list of texts), without empty ones."""
    found: dict[str, Any] = {}
    for name, value in raw.items():
        known = name.strip().lower() if isinstance(name, str) else ""
        target = ALIASES.get(known, known)
        if target not in FIELDS or (target != known and target in found):
            continue
        clean = _authors(value) if target == "authors" else _text(value)
        if clean:
            found[target] = clean
    if "url" in found:
        found["url"] = without_secrets(found["url"].strip())
    return found


def encoded(fields: Mapping[str, Any]) -> bytes:
    """Return fields as canonical JSON: sorted, compact, UTF-8."""
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def decoded(content: bytes) -> dict[str, Any]:
    """Return the fields in the content of a row."""
    fields: dict[str, Any] = json.loads(content)
    return fields


def row_item(fields: Mapping[str, Any], uri: str, max_bytes: int) -> Found:
    """Make the item of a row of the file `uri`; raises InputError for one without an article."""
    content = encoded(fields)
    if len(content) > max_bytes:
        raise InputError(
            Reason.TOO_LARGE, f"The row has over {max_bytes} bytes (ingest.max_document_bytes)."
        )
    if not (fields.get("text", "").strip() or fields.get("html", "").strip()):
        return _page(fields, content)
    return Found("", Kind.ROW, _row_uri(fields, uri, content), content)


def _page(fields: Mapping[str, Any], content: bytes) -> Found:
    if "url" not in fields:
        raise InputError(Reason.NO_TEXT, "The row has neither text nor html nor url.")
    return Found("", Kind.PAGE, checked(fields["url"]), content, content_type=ROW_TYPE)


def _row_uri(fields: Mapping[str, Any], uri: str, content: bytes) -> str:
    if "url" in fields:
        return printable(fields["url"])
    if "id" in fields:
        return f"{uri}#id={quoted(fields['id'])}"
    return f"{uri}#{content_hash(Kind.ROW, content)}"


def _text(value: Any) -> str:
    """Return a value as text; what has no sensible text, such as an object, as nothing."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list | tuple):
        return "\n\n".join(filter(None, map(_text, value)))
    if isinstance(value, datetime.date):  # also a datetime
        return value.isoformat()
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else ""
    return "" if value is None or isinstance(value, bool | Mapping) else str(value)


def _authors(value: Any) -> list[str]:
    """Return names from a list, from 'A; B' or 'A, B', or from objects with a name."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list | tuple):
        return list(dict.fromkeys(name for entry in value for name in _single_author(entry)))
    text = _text(value)
    separator = next((s for s in _AUTHOR_SEPARATORS if s in text), None)
    names = text.split(separator) if separator else [text]
    return list(dict.fromkeys(filter(None, (" ".join(name.split()) for name in names))))


def _single_author(entry: Any) -> list[str]:
    name = entry.get("name") if isinstance(entry, Mapping) else entry
    return list(filter(None, [" ".join(_text(name).split())]))
