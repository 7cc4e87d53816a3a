"""Rows: their fields as they are; a row's HTML fills what the fields leave open."""

import datetime
import re
from typing import Any

from newsloom.discover.rows import decoded
from newsloom.extract.dates import parse_date
from newsloom.extract.draft import Draft
from newsloom.extract.urls import canonical

_TAGS = re.compile(r"<(?:html|body|head|div|p|article|br|span|h1)[\s>/]", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][A-Za-z0-9-]*)?$", re.IGNORECASE)


def from_row(content: bytes, fetched_at: datetime.datetime | None = None) -> Draft:
    """Return the draft of a row, given as the JSON that discovery made."""
    fields: dict[str, Any] = decoded(content)
    draft = _from_html(fields, fetched_at)
    draft.url = fields.get("url") or draft.url
    draft.canonical_url = draft.canonical_url or canonical(draft.url)
    draft.title = fields.get("title", "").strip() or draft.title
    draft.text = fields["text"] if fields.get("text", "").strip() else draft.text
    draft.authors = fields.get("authors") or draft.authors
    draft.external_id = fields.get("id")
    draft.source = fields.get("source")
    draft.language = _language(fields.get("language", ""))
    return draft


def _from_html(fields: dict[str, Any], fetched_at: datetime.datetime | None) -> Draft:
    """Return what the row's HTML says, under the row's own date."""
    draft = Draft()
    html = fields.get("html", "")
    if html.strip():
        from newsloom.extract.page import from_html

        draft = from_html(html, fields.get("url"), fetched_at)
    # Only English is written with the month first anywhere, and not everywhere.
    day_first = _language(fields.get("language", "")) not in (None, "en")
    if moment := parse_date(fields.get("published_at", ""), day_first=day_first):
        draft.published, draft.published_from = moment, "row"
    return draft


def _language(declared: str) -> str | None:
    """Return the ISO 639-1 part of a code such as en, en-GB or pt_BR."""
    match = _LANGUAGE.match(declared.strip())
    return match[1].lower() if match else None
