"""CSV: a header line with the documented field names, then one row a record.

Records are put together here, line by line, and only parsed by the csv module: so a stray
quotation mark costs its own row, not the rest of the file.
"""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from newsloom.discover.found import Found
from newsloom.discover.origin import Origin
from newsloom.discover.rows import ALIASES, FIELDS, encoded, fields_of, row_item
from newsloom.discover.rowtext import LineDecoder, text_lines
from newsloom.discover.streams import Line, lines
from newsloom.errors import InputError
from newsloom.vocabulary import Reason

DELIMITERS = ",;\t|"
MAX_RETRIES = 1000
"""After this many rows with a stray quotation mark the rest is given up: each costs a second look
at the lines that follow it."""


def read_csv(origin: Origin) -> Iterator[Found]:
    """Yield a row or a reject for each record under the header."""
    source = _Lines(lines(text_lines(origin.stream), origin.limits.max_document_bytes))
    header = source.next()
    while header is not None and not header.data.strip():
        header = source.next()
    if header is None:
        raise InputError(Reason.NOTHING_USABLE, "The file has no rows.")
    names, delimiter = _header(source.decoder.decode(header.data))
    yield from _records(origin, source, _Shape(names, delimiter))


@dataclass(slots=True)
class _Lines:
    """Lines that can be put back, with what is needed to decode them."""

    rest: Iterator[Line]
    back: deque[Line] = field(default_factory=deque)
    decoder: LineDecoder = field(default_factory=LineDecoder)
    retries: int = 0

    def next(self) -> Line | None:
        return self.back.popleft() if self.back else next(self.rest, None)

    def put_back(self, taken: list[Line]) -> None:
        self.retries += 1
        if self.retries > MAX_RETRIES:
            raise InputError(
                Reason.MALFORMED,
                "Too many rows have unbalanced quotation marks; the rest of the file was left out.",
            )
        self.back.extendleft(reversed(taken))


@dataclass(frozen=True, slots=True)
class _Shape:
    names: list[str]
    delimiter: str

    def parse(self, text: str) -> dict[str, Any]:
        if "\0" in text:
            raise InputError(Reason.MALFORMED, "The row holds a zero byte.")
        # The limit holds for the whole process; here the length is limited already, by bytes.
        usual = csv.field_size_limit(max(len(text) + 1, csv.field_size_limit()))
        try:
            records = list(csv.reader(text.splitlines(True), delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            raise InputError(Reason.MALFORMED, f"This is not valid CSV: {error}.") from error
        finally:
            csv.field_size_limit(usual)
        if len(records) != 1 or len(records[0]) > len(self.names):
            raise InputError(Reason.MALFORMED, "The row has more fields than the header.")
        return dict(zip(self.names, records[0], strict=False))


def _header(text: str) -> tuple[list[str], str]:
    """Return the column names and the delimiter that shows the most documented ones."""
    best = max(DELIMITERS, key=lambda mark: len(_known(_names(text, mark))))
    names = _names(text, best)
    if not _known(names):
        raise InputError(
            Reason.NOTHING_USABLE,
            f"The first line names none of the columns {', '.join(FIELDS)}; add a header line.",
        )
    return names, best


def _names(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return []


def _known(names: list[str]) -> set[str]:
    lowered = {name.strip().lower() for name in names}
    return lowered & {*FIELDS, *ALIASES}


def _records(origin: Origin, source: _Lines, shape: _Shape) -> Iterator[Found]:
    while (first := source.next()) is not None:
        if not first.data.strip():
            continue
        yield _item(origin, source, shape, first)


def _item(origin: Origin, source: _Lines, shape: _Shape, first: Line) -> Found:
    limit = origin.limits.max_document_bytes
    payload = first.data
    try:
        if not first.whole:
            raise InputError(Reason.TOO_LARGE, f"The line has over {limit} bytes.")
        fields = fields_of(_fields(source, shape, first, limit))
        payload = encoded(fields)
        return origin.row(first.number, row_item(fields, origin.uri, limit))
    except InputError as error:
        return origin.reject_row(first.number, error.reason, error.detail, payload)


def _fields(source: _Lines, shape: _Shape, first: Line, limit: int) -> dict[str, Any]:
    """Parse the record that starts on `first`; on failure only that line is used up."""
    taken = _continued(source, first, limit)
    try:
        text = "\n".join(source.decoder.decode(line.data) for line in (first, *taken))
        return shape.parse(text)
    except InputError:
        if taken:
            source.put_back(taken)
        raise


def _continued(source: _Lines, first: Line, limit: int) -> list[Line]:
    """Take the further lines of a record: up to the one that closes its quotation marks."""
    quotes, size = first.data.count(b'"'), len(first.data)
    taken: list[Line] = []
    while quotes % 2 and size <= limit and (line := source.next()) is not None:
        taken.append(line)
        quotes += line.data.count(b'"')
        size += len(line.data)
    return taken
