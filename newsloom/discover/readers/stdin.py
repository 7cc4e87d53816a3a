"""Standard input: one plain text, unless it starts like JSON Lines."""

import dataclasses
import io
from collections.abc import Iterator
from typing import cast

from newsloom.discover.found import Found
from newsloom.discover.origin import Origin
from newsloom.discover.readers.documents import read_text
from newsloom.discover.readers.jsonl import parsed, read_jsonl
from newsloom.discover.streams import CHUNK_BYTES
from newsloom.errors import InputError
from newsloom.ids import content_hash
from newsloom.vocabulary import Kind


def read_stdin(origin: Origin) -> Iterator[Found]:
    """Yield rows or one text; text has no place of its own, so its content identifies it."""
    if looks_like_rows(origin):
        yield from read_jsonl(origin)
        return
    for item in read_text(origin):
        if item.kind is Kind.TEXT:
            uri = f"{origin.uri}#{content_hash(item.kind, item.content or b'')}"
            item = dataclasses.replace(item, uri=uri)
        yield item


def looks_like_rows(origin: Origin) -> bool:
    """Tell whether the first line of a stream is, or begins, an object of JSON Lines."""
    head = cast(io.BufferedReader, origin.stream).peek(CHUNK_BYTES).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"{"):
        return False
    line = head.partition(b"\n")[0]
    try:
        parsed(line.decode("utf-8", "replace"))
    except InputError:
        # A first line that goes on past what is visible, or a broken one among others.
        return b'":' in line
    return True
