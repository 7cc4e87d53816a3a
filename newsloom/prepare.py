"""What a worker process does with a chunk of items: extract, identify the language, sign."""

import pyarrow as pa

from newsloom.extract import extract
from newsloom.fingerprints import sign
from newsloom.language import identify
from newsloom.schema import DOCUMENT
from newsloom.settings import Settings
from newsloom.vocabulary import Reason

Prepared = tuple[pa.Table, pa.Table]
"""A table of DOCUMENT with one row an item, and a table of SIGNATURE with one row a content."""


def prepare(items: pa.Table, settings: Settings) -> Prepared:
    """Make documents of items, and signatures of the documents.

    An item that breaks a stage is rejected as `internal` alone; the others of its chunk go on.
    """
    try:
        return _prepare(items, settings)
    except Exception as error:
        if items.num_rows == 1:
            return internal(items, error)
    parts = [prepare(items.slice(row, 1), settings) for row in range(items.num_rows)]
    return pa.concat_tables(p[0] for p in parts), pa.concat_tables(p[1] for p in parts)


def _prepare(items: pa.Table, settings: Settings) -> Prepared:
    documents = identify(extract(items, settings), settings)
    return documents, sign(documents)


def internal(item: pa.Table, error: Exception) -> Prepared:
    """Return the reject that a single item becomes when it breaks a stage."""
    row = {
        "ordinal": item["ordinal"][0].as_py(),
        "reason": Reason.INTERNAL.value,
        "detail": f"{type(error).__name__}: {error}"[:500],
    }
    return pa.Table.from_pylist([row], schema=DOCUMENT), sign(DOCUMENT.empty_table())
