"""Parquet: one row a row, read in small pieces whatever the size of the row groups."""

import datetime
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

import pyarrow as pa

from newsloom.discover.found import Found
from newsloom.discover.origin import Origin
from newsloom.discover.rows import ALIASES, FIELDS, encoded, fields_of, row_item
from newsloom.discover.streams import seekable
from newsloom.errors import InputError
from newsloom.vocabulary import Reason

ROWS_AT_ONCE = 64
BUFFER_BYTES = 1 << 20


def read_parquet(origin: Origin) -> Iterator[Found]:
    """Yield a row or a reject for each row; what stands before a broken page survives."""
    if origin.size == 0:
        raise InputError(Reason.EMPTY, "The file is empty.")
    with seekable(origin.stream) as stream:
        yield from _rows(origin, stream)


def _rows(origin: Origin, stream: BinaryIO) -> Iterator[Found]:
    number = 0
    try:
        for batch in _batches(stream):
            for values in _values(batch):
                number += 1
                yield _item(origin, number, values)
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            Reason.MALFORMED, f"The Parquet file is broken after row {number}: {error}"
        ) from error


def _batches(stream: BinaryIO) -> Iterator[pa.RecordBatch]:
    from pyarrow import parquet  # slow to load, and rarely needed

    file = parquet.ParquetFile(stream, pre_buffer=False, buffer_size=BUFFER_BYTES)
    columns = [n for n in file.schema_arrow.names if n.strip().lower() in {*FIELDS, *ALIASES}]
    if not columns:
        raise InputError(
            Reason.NOTHING_USABLE, f"The file has none of the columns {', '.join(FIELDS)}."
        )
    yield from file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns, use_threads=False)


def _values(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    columns = [_column(batch.column(index)) for index in range(batch.num_columns)]
    for row in zip(*columns, strict=True):
        yield dict(zip(batch.schema.names, row, strict=True))


def _column(column: Any) -> list[Any]:
    """Return the values as Python objects that have a plain text."""
    if pa.types.is_timestamp(column.type):
        # Nanoseconds do not fit a Python datetime, and zones need a data base: neither matters.
        zone = "Z" if column.type.tz else ""
        moments = column.cast(pa.timestamp("us", column.type.tz), safe=False).cast(
            pa.timestamp("us")
        )
        return [m and f"{m.isoformat(' ')}{zone}" for m in moments.to_pylist()]
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        # As bytes: a broken string must cost its own row, not the file.
        return cast(list[Any], column.cast(pa.large_binary()).to_pylist())
    return cast(list[Any], column.to_pylist())


def _item(origin: Origin, number: int, values: dict[str, Any]) -> Found:
    payload = None
    try:
        fields = fields_of({name: _checked(value) for name, value in values.items()})
        payload = encoded(fields)
        limit = origin.limits.max_document_bytes
        return origin.row(number, row_item(fields, origin.uri, limit))
    except InputError as error:
        return origin.reject_row(number, error.reason, error.detail, payload)


def _checked(value: Any) -> Any:
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(Reason.ENCODING, "A text in the row is not UTF-8.") from error
    return str(value) if isinstance(value, datetime.timedelta | datetime.time) else value
