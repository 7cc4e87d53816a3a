"""What the stages of one run share."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pyarrow as pa

from newsloom.pool import Pool
from newsloom.settings import Settings
from warehouse.lake import Lake

MAX_CHUNK_ROWS = 32
MAX_CHUNK_BYTES = 400_000


@dataclass
class Context:
    """The run's settings, warehouse, worker processes and identity."""

    settings: Settings
    lake: Lake
    pool: Pool
    run_id: str
    prefect_run_id: str | None = None
    timings: list[dict[str, object]] = field(default_factory=list)

    def take_timings(self) -> list[dict[str, object]]:
        """Return the stage timings since the last call."""
        taken, self.timings = self.timings, []
        return taken


def utc_now() -> datetime:
    """Return the moment in UTC, without a zone, as the warehouse stores it."""
    return datetime.now(UTC).replace(tzinfo=None)


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
