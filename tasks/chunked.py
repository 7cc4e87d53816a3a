"""Running a batch in the pool, chunk by chunk, so that no single item can take the rest down."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any, TypeVar

import pyarrow as pa

from newsloom.pool.process import WorkerDied
from tasks.context import Context

R = TypeVar("R")

MAX_CHUNK_ROWS = 32
MAX_CHUNK_BYTES = 400_000
CHUNK_SECONDS = 300.0
ITEM_SECONDS = 60.0
"""A parser that hangs cannot be interrupted from inside: its process is ended after this time."""


def run_chunks(
    context: Context,
    function: str,
    table: pa.Table,
    size_column: str,
    *args: Any,
    on_death: Callable[[pa.Table, WorkerDied], R],
    warmed_by: str | None = None,
) -> list[R]:
    """Run `function(chunk, *args)` over all chunks of a table and return the results in order.

    A chunk that ends its worker process, or hangs it, is tried again item by item; `on_death` says
    what the result is for the item that does it.
    """

    def submit(part: pa.Table, seconds: float) -> Future[R]:
        return context.pool.submit(
            function, part, *args, warmed_by=warmed_by, timeout_seconds=seconds
        )

    def single(part: pa.Table) -> R:
        try:
            return submit(part, ITEM_SECONDS).result()
        except WorkerDied as death:
            return on_death(part, death)

    parts = list(chunks(table, size_column, context.pool.size))
    futures = [submit(part, CHUNK_SECONDS) for part in parts]
    results: list[R] = []
    for part, future in zip(parts, futures, strict=True):
        try:
            results.append(future.result())
        except WorkerDied:
            results.extend(single(part.slice(row, 1)) for row in range(part.num_rows))
    return results


def chunks(table: pa.Table, size_column: str, workers: int) -> Iterator[pa.Table]:
    """Cut a table into chunks of like size, enough to keep every worker busy."""
    rows = max(1, min(MAX_CHUNK_ROWS, -(-table.num_rows // workers)))
    sizes = [len(value or b"") for value in table[size_column].to_pylist()]
    start = size = 0
    for row, bytes_ in enumerate(sizes):
        if row > start and (row - start >= rows or size + bytes_ > MAX_CHUNK_BYTES):
            yield table.slice(start, row - start)
            start, size = row, 0
        size += bytes_
    if start < table.num_rows:
        yield table.slice(start)
