"""Marks as tables: made once a content, stored, and compared by article."""

import pyarrow as pa

from newsloom.events.features import ById
from newsloom.events.marks import WEIGHT_STEP, Kind, Mark, marks

MARKS_VERSION = 1
_LISTS = [
    pa.field("mark_kinds", pa.list_(pa.uint8()), nullable=False),  # a Kind each
    pa.field("mark_ids", pa.list_(pa.uint32()), nullable=False),
    pa.field("mark_weights", pa.list_(pa.uint8()), nullable=False),  # in steps of WEIGHT_STEP
    pa.field("marks_in_lead", pa.list_(pa.bool_()), nullable=False),
]
MARKS = pa.schema(
    [
        pa.field("content_id", pa.string(), nullable=False),
        pa.field("marks_version", pa.int16(), nullable=False),
        *_LISTS,
    ]
)
MARKED = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("language", pa.string(), nullable=False),
        pa.field("published_at", pa.timestamp("us")),  # null: undated
        *_LISTS,
    ]
)


_KINDS = {kind.value: kind for kind in Kind}


def mark(documents: pa.Table) -> pa.Table:
    """Make the MARKS of each row of `documents` (content_id, title, text, language)."""
    columns = (documents[name].to_pylist() for name in ("content_id", "title", "text", "language"))
    rows = [
        {
            "content_id": content_id,
            "marks_version": MARKS_VERSION,
            **_lists(marks(title or "", text or "", language)),
        }
        for content_id, title, text, language in zip(*columns, strict=True)
    ]
    return pa.Table.from_pylist(rows, schema=MARKS)


def _lists(found: list[Mark]) -> dict[str, list[int]]:
    return {
        "mark_kinds": [mark.kind.value for mark in found],
        "mark_ids": [mark.id for mark in found],
        "mark_weights": [round(mark.weight / WEIGHT_STEP) for mark in found],
        "marks_in_lead": [mark.in_lead for mark in found],
    }


def marks_by_article(articles: pa.Table) -> list[ById]:
    """Return the marks of each row of a table of MARKED, without names."""
    lists = (articles[field.name].to_pylist() for field in _LISTS)
    return [
        {
            (kind, id_): Mark(_KINDS[kind], id_, weight * WEIGHT_STEP, lead, "")
            for kind, id_, weight, lead in zip(*row, strict=True)
        }
        for row in zip(*lists, strict=True)
    ]
