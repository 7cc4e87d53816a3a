"""A reject as an item again: with its content, or to be fetched."""

import json
from typing import Any

from newsloom.discover.readers.jsonl import parsed
from newsloom.discover.rows import fields_of, row_item
from newsloom.errors import InputError
from newsloom.ids import content_hash
from newsloom.settings import IngestSettings
from newsloom.vocabulary import Kind
from tasks.replay.plan import Planned, Row, Way, is_row, is_whole

_SAME = ("locator", "kind", "source", "source_given", "uri", "via", "paywalled")


def item(planned: Planned, payload: bytes | None, limits: IngestSettings) -> Row:
    """Return the columns of schema.ITEM that a reject still has, without its ordinal."""
    row = {name: planned.row[name] for name in _SAME}
    if planned.row["kind"] == Kind.PAGE:
        return row | _page(planned, payload)
    if planned.row["kind"] == Kind.ROW:
        return row | _of_row(planned.row, payload or b"", limits)
    return row | _content(planned.row["kind"], payload or b"")


def _page(planned: Planned, payload: bytes | None) -> Row:
    row = planned.row
    if planned.way is Way.CONTENT and not (is_row(row) and not _has_article(payload)):
        # Before fetched_at was kept, a page was rejected right after it was fetched.
        fetched = {"fetched_at": row["fetched_at"] or row["rejected_at"]}
        known = {name: row[name] for name in ("content_type", "final_url")}
        return _content(Kind.PAGE, payload or b"") | known | fetched
    # What was kept goes along: should fetching fail, it stays with the reject.
    kept = payload if is_whole(row) else None
    return {"content": kept, "content_type": row["content_type"] if kept and is_row(row) else None}


def _has_article(row: bytes | None) -> bool:
    try:
        fields = json.loads(row or b"{}")
    except ValueError:
        return False
    return isinstance(fields, dict) and bool(fields.get("html") or fields.get("text"))


def _of_row(row: Row, payload: bytes, limits: IngestSettings) -> Row:
    """Make a row's item as its reader would today."""
    try:
        fields = fields_of(parsed(payload.decode("utf-8")))
        found = row_item(fields, row["uri"].partition("#")[0], limits.max_document_bytes)
    except UnicodeDecodeError as error:
        return _failed(payload, row["reason"], f"The row is not UTF-8: {error.reason}.")
    except InputError as error:
        return _failed(payload, str(error.reason), error.detail)
    return {
        "kind": str(found.kind),
        "uri": found.uri,
        "content": found.content,
        "content_hash": found.content_hash,
        "content_type": found.content_type,
    }


def _failed(payload: bytes, reason: str, detail: str) -> Row:
    return {"content": payload, "reason": reason, "detail": detail}


def _content(kind: str, payload: bytes) -> dict[str, Any]:
    return {"content": payload, "content_hash": content_hash(kind, payload)}
