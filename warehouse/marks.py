"""How far a backfill has come with each file."""

from collections.abc import Iterable
from typing import NamedTuple

import pyarrow as pa

from warehouse.query import Queryable


class Mark(NamedTuple):
    """How far one state of a file has been taken."""

    fingerprint: str
    items_done: int
    finished: bool


def marks(source: Queryable) -> dict[str, Mark]:
    """Return the last mark of every file, by its URI."""
    found = source.query(
        "SELECT uri, unnest(arg_max({'fingerprint': fingerprint, 'items_done': items_done, "
        "'finished': finished}, commit_id)) FROM facts.backfill_marks GROUP BY uri"
    )
    return {row.pop("uri"): Mark(**row) for row in found.to_pylist()}


def rows(run_id: str, made: Iterable[tuple[str, Mark]]) -> pa.Table:
    """Return rows of facts.backfill_marks."""
    listed = [{"run_id": run_id, "uri": uri, **mark._asdict()} for uri, mark in made]
    return pa.Table.from_pylist(listed, schema=_MARK)


_MARK = pa.schema(
    [
        ("run_id", pa.string()),
        ("uri", pa.string()),
        ("fingerprint", pa.string()),
        ("items_done", pa.int64()),
        ("finished", pa.bool_()),
    ]
)
