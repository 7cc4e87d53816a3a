"""Rows: their fields as they are; a row's HTML fills what the fields leave open."""

import re
from typing import TYPE_CHECKING, Any

from newsloom.discover.rows import FEED_HTML, decoded
from newsloom.errors import InputError
from newsloom.extract.dates import parse_date
from newsloom.extract.draft import Draft
from newsloom.extract.fragment import fragment_lines
from newsloom.extract.texts import clean
from newsloom.extract.urls import canonical
from newsloom.extract.walls.look import measure

if TYPE_CHECKING:
    from newsloom.extract.page import Visit

_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_][A-Za-z0-9-]*)?$", re.IGNORECASE)


def from_row(content: bytes, visit: "Visit | None" = None) -> Draft:
    """Return the draft of a row, given as the JSON that discovery made.

    visit: how its page was fetched, for a row that only named one.
    """
    fields: dict[str, Any] = decoded(content)
    draft = _from_html(fields, visit)
    draft.url = fields.get("url") or draft.url
    draft.canonical_url = draft.canonical_url or canonical(draft.url)
    draft.title = fields.get("title", "").strip() or draft.title
    draft.text = fields["text"] if fields.get("text", "").strip() else draft.text
    draft.authors = fields.get("authors") or draft.authors
    draft.external_id = fields.get("id")
    draft.source = fields.get("source")
    draft.language = _language(fields.get("language", ""))
    draft.description = draft.description or _plain(fields.get("summary", ""))
    if visit and (draft.wall or measure(clean(draft.text)) < visit.least_characters):
        _told_by_feed(draft, fields.get(FEED_HTML, ""), visit)
    return draft


def _from_html(fields: dict[str, Any], visit: "Visit | None") -> Draft:
    """Return what the row's HTML says, under the row's own dates."""
    draft = Draft()
    html = fields.get("html", "")
    if html.strip():
        draft = _from_page(html, visit) if visit else _from_own(html, fields.get("url"))
    # Only English is written with the month first anywhere, and not everywhere.
    day_first = _language(fields.get("language", "")) not in (None, "en")
    if moment := parse_date(fields.get("published_at", ""), day_first=day_first):
        draft.published, draft.published_from = moment, "row"
    if moment := parse_date(fields.get("updated_at", ""), day_first=day_first):
        draft.updated, draft.updated_from = moment, "row"
    return draft


def _from_own(html: str, url: str | None) -> Draft:
    from newsloom.extract.page import from_html

    return from_html(html, url)


def _from_page(html: str, visit: "Visit") -> Draft:
    """Return the draft of the page that the row named; one that cannot be read is a wall, too."""
    from newsloom.extract.page import from_html

    try:
        return from_html(html, visit.url, visit)
    except InputError as error:
        return Draft(url=visit.url, wall=error)


def _told_by_feed(draft: Draft, feed_html: str, visit: "Visit") -> None:
    """Take the text of the feed, if it has it in full, where the page shows no article."""
    text = clean(_plain(feed_html))
    if text and measure(text) >= visit.least_characters:
        draft.text, draft.wall = text, None
        draft.canonical_url = canonical(draft.url)  # what the page declares is the wall's own


def _plain(html: str) -> str:
    """Return the words of a piece of HTML, its blocks on lines of their own."""
    if "<" not in html and "&" not in html:
        return html
    return "\n\n".join(fragment_lines(html))


def _language(declared: str) -> str | None:
    """Return the ISO 639-1 part of a code such as en, en-GB or pt_BR."""
    match = _LANGUAGE.match(declared.strip())
    return match[1].lower() if match else None
