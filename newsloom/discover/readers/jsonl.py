"""JSON Lines: one object a line."""

import json
from collections.abc import Iterator
from typing import Any

from newsloom.discover.found import Found
from newsloom.discover.origin import Origin
from newsloom.discover.rows import encoded, fields_of, row_item
from newsloom.discover.rowtext import LineDecoder, text_lines
from newsloom.discover.streams import Line, lines
from newsloom.errors import InputError
from newsloom.vocabulary import Reason


def read_jsonl(origin: Origin) -> Iterator[Found]:
    """Yield a row or a reject for each line that is not blank."""
    decoder = LineDecoder()
    for line in lines(text_lines(origin.stream), origin.limits.max_document_bytes):
        if line.data.strip():
            yield _item(origin, decoder, line)


def _item(origin: Origin, decoder: LineDecoder, line: Line) -> Found:
    limit = origin.limits.max_document_bytes
    payload = line.data
    try:
        if not line.whole:
            raise InputError(Reason.TOO_LARGE, f"The line has over {limit} bytes.")
        fields = fields_of(parsed(decoder.decode(line.data)))
        payload = encoded(fields)
        return origin.row(line.number, row_item(fields, origin.uri, limit))
    except InputError as error:
        return origin.reject_row(line.number, error.reason, error.detail, payload)


def parsed(text: str) -> dict[str, Any]:
    """Return the object on a line, numbers as they are written, or raise InputError."""
    try:
        # Numbers stay text: an id must not lose digits, a huge one must not cost time.
        value = json.loads(text, parse_int=str, parse_float=str, parse_constant=lambda _: None)
    except RecursionError as error:
        raise InputError(Reason.MALFORMED, "The JSON is nested too deeply.") from error
    except ValueError as error:
        raise InputError(Reason.MALFORMED, f"This is not valid JSON: {error}.") from error
    if not isinstance(value, dict):
        raise InputError(
            Reason.MALFORMED, "The line is valid JSON but not an object with named fields."
        )
    return value
