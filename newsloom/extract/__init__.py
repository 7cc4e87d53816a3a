"""Extraction: the article in each item, as a row of schema.DOCUMENT.

    documents = extract(items, settings)

One row an item, in the same order; rejects pass with their reason. Nothing here raises for what
an item contains: whatever goes wrong with one becomes its reason.
"""

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from newsloom import clock, ids
from newsloom.discover.decoding import decode
from newsloom.discover.found import printable
from newsloom.discover.rows import ROW_TYPE
from newsloom.errors import InputError
from newsloom.extract.draft import Draft
from newsloom.extract.htmltext import html_string
from newsloom.extract.markdown import from_markdown
from newsloom.extract.plain import from_text
from newsloom.extract.rowitem import from_row
from newsloom.extract.texts import clean, one_line
from newsloom.extract.urls import canonical, host_source
from newsloom.extract.walls.look import measure
from newsloom.schema import DOCUMENT
from newsloom.settings import Settings
from newsloom.vocabulary import Kind, Reason

__all__ = ["extract"]


def extract(items: pa.Table, settings: Settings) -> pa.Table:
    """Return the articles in `items`, one row an item in the same order."""
    least = settings.extract.min_page_characters
    rows = [_document(item, least) for batch in items.to_batches(100) for item in batch.to_pylist()]
    columns = {name: [row.get(name) for row in rows] for name in DOCUMENT.names}
    return pa.table(columns, schema=DOCUMENT)


def _document(item: dict[str, Any], least_characters: int) -> dict[str, Any]:
    """Return the row of one item, a reject where no article can be made of it."""
    row: dict[str, Any] = {"ordinal": item["ordinal"]}
    if item["reason"] is not None:
        return row | {"reason": item["reason"], "detail": item["detail"], "source": item["source"]}
    try:
        return row | _article(item, least_characters)
    except InputError as error:
        return row | _reject(item, error.reason, error.detail)
    except Exception as error:  # a defect met on one item must not cost its neighbours
        detail = f"{type(error).__name__}: {printable(str(error))[:500]}"
        return row | _reject(item, Reason.INTERNAL, detail)


def _reject(item: dict[str, Any], reason: Reason, detail: str) -> dict[str, Any]:
    return {"reason": str(reason), "detail": detail, "source": item["source"]}


def _article(item: dict[str, Any], least_characters: int) -> dict[str, Any]:
    kind = item["kind"]
    if item["content"] is None:
        raise InputError(Reason.INTERNAL, "The item was not fetched before extraction.")
    draft = _page(item, least_characters) if kind == Kind.PAGE else _EXTRACTORS[kind](item)
    if draft.wall:
        raise draft.wall
    columns = draft.columns(item["fetched_at"] or clock.now())
    if not columns["text"]:
        raise _nothing(kind)
    source = _named_source(item, draft)
    columns["source"] = source or item["source"]
    columns["article_id"] = ids.article_id(
        canonical_url=columns["canonical_url"],
        source=source or "",
        # A source that is only guessed from a file's name vouches for no id: two exports of one
        # name may number different articles alike. Then the id counts within its file.
        external_id=columns["external_id"] if source else None,
        uri=item["uri"],
    )
    return columns


def _nothing(kind: str) -> InputError:
    if kind in (Kind.TEXT, Kind.MARKDOWN):
        return InputError(Reason.EMPTY, "The file holds no text.")
    return InputError(Reason.NO_TEXT, "No article text was found in it.")


def _named_source(item: dict[str, Any], draft: Draft) -> str | None:
    """Return whose article it is, as the row says, or the user, or the web address."""
    given = item["source"] if item["source_given"] else None
    host = host_source(draft.canonical_url or draft.url)
    return one_line(draft.source or "") or given or host


def _text(item: dict[str, Any]) -> Draft:
    return from_text(decode(item["content"]))


def _pdf(item: dict[str, Any]) -> Draft:
    from newsloom.extract.pdf import from_pdf

    return _from_web(item, from_pdf(item["content"]))


def _docx(item: dict[str, Any]) -> Draft:
    from newsloom.extract.docx import from_docx

    return _from_web(item, from_docx(item["content"]))


def _mail(item: dict[str, Any]) -> Draft:
    from newsloom.extract.mail import from_mail

    return from_mail(item["content"])


def _from_web(item: dict[str, Any], draft: Draft) -> Draft:
    """Give a document that was downloaded its address."""
    draft.canonical_url = canonical(item["uri"])
    draft.url = item["uri"] if draft.canonical_url else None
    return draft


def _markdown(item: dict[str, Any]) -> Draft:
    return from_markdown(decode(item["content"]))


def _html(item: dict[str, Any]) -> Draft:
    from newsloom.extract.page import from_html

    return from_html(html_string(item["content"]))


def _row(item: dict[str, Any]) -> Draft:
    return from_row(item["content"])


def _page(item: dict[str, Any], least_characters: int) -> Draft:
    """Return the draft of a fetched page, which may come from a row and may be plain text."""
    from newsloom.extract.page import Visit, from_html

    url = item["final_url"] or item["uri"]
    visit = Visit(item["uri"], url, item["fetched_at"], bool(item["paywalled"]), least_characters)
    content_type = item["content_type"] or ""
    if content_type.startswith(ROW_TYPE):
        draft = from_row(item["content"], visit)
    elif content_type.startswith("text/plain"):
        draft = from_text(decode(item["content"]))
        draft.canonical_url = canonical(url)
    else:
        draft = from_html(html_string(item["content"], content_type), url, visit)
    draft.url = item["uri"]
    draft.wall = draft.wall or _too_short(draft, least_characters)
    return draft


def _too_short(draft: Draft, least_characters: int) -> InputError | None:
    """Refuse plain text, too, that is too short for an article."""
    found = measure(clean(draft.text))
    if not found or found >= least_characters:
        return None
    detail = f"The page has {found} characters of text, fewer than {least_characters} "
    return InputError(Reason.TOO_SHORT, detail + "(extract.min_page_characters).")


_EXTRACTORS: dict[str, Callable[[dict[str, Any]], Draft]] = {
    Kind.TEXT: _text,
    Kind.PDF: _pdf,
    Kind.DOCX: _docx,
    Kind.EMAIL: _mail,
    Kind.MARKDOWN: _markdown,
    Kind.HTML: _html,
    Kind.ROW: _row,
}
"""How the article is got out of each kind; a new kind is one line here."""
