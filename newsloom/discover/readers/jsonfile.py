"""JSON files: a JSON Feed, JSON Lines under another name, or rows in one list."""

import codecs
import io
import json
from collections.abc import Iterator
from typing import Any, cast

from newsloom.discover.decoding import decode
from newsloom.discover.found import Found, printable
from newsloom.discover.origin import Origin
from newsloom.discover.readers.jsonl import parsed, read_jsonl
from newsloom.discover.readers.listing import listing_items
from newsloom.discover.readers.stdin import looks_like_rows
from newsloom.discover.rows import encoded, fields_of, row_item
from newsloom.discover.streams import CHUNK_BYTES
from newsloom.errors import InputError
from newsloom.vocabulary import Reason


def read_json(origin: Origin) -> Iterator[Found]:
    """Yield what a JSON file holds; one that is not of JSON Lines is read whole."""
    from newsloom.listings import looks_like_listing

    head = cast(io.BufferedReader, origin.stream).peek(1)
    if looks_like_listing(head):
        yield from listing_items(origin, origin.whole())
    elif _starts_with_row(origin, head):
        yield from read_jsonl(origin)
    else:
        yield from _rows(origin)


def _starts_with_row(origin: Origin, head: bytes) -> bool:
    """Tell whether the first line is an object by itself; one too long to be seen may be."""
    line, end, _ = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not end:
        return len(head) >= CHUNK_BYTES and looks_like_rows(origin)
    try:
        parsed(line.decode("utf-8", "replace"))
    except InputError:
        return False
    return True


def _rows(origin: Origin) -> Iterator[Found]:
    value = _parsed(origin.whole())
    rows = value if isinstance(value, list) else [value]
    for number, row in enumerate(rows, 1):
        yield _row(origin, number, row)


def _row(origin: Origin, number: int, row: Any) -> Found:
    payload = None
    try:
        if not isinstance(row, dict):
            raise InputError(Reason.MALFORMED, "This is no object with named fields.")
        fields = fields_of(row)
        payload = encoded(fields)
        limit = origin.limits.max_document_bytes
        return origin.row(number, row_item(fields, origin.uri, limit))
    except InputError as error:
        return origin.reject_row(number, error.reason, error.detail, payload)


def _parsed(content: bytes) -> Any:
    if not content.strip():
        raise InputError(Reason.EMPTY, "The file holds nothing but white space.")
    try:
        # Numbers stay text: an id must not lose digits, a huge one must not cost time.
        return json.loads(
            decode(content), parse_int=str, parse_float=str, parse_constant=lambda _: None
        )
    except (ValueError, RecursionError) as error:
        detail = printable(str(error))[:200]
        raise InputError(Reason.MALFORMED, f"This is not valid JSON: {detail}.") from error
