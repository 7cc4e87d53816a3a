"""A believable past for a warehouse, made up: for tests of the health checks, and to measure with.

    write(folder)                          12 sources, 29 days, some 4,000 articles
    write(folder, LARGE)                   500 sources, 30 days, some 100,000 articles, 10,000 runs
    facts = make(SMALL, now); store(folder, facts)      the same in two steps, to change something

python -m benchmarks.history FOLDER [--large]   writes one, to look at.

Everything is well in it. It ends at the present, because the checks compare with that. The facts
are those that an ingest of so many runs writes, without what only comparing new articles needs
(signatures). They are stored in one commit of the lake, but each run has commits of its own.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from benchmarks.history.facts import Facts, make
from benchmarks.history.plan import LARGE, SMALL, Size
from warehouse.commit import Commit, commit
from warehouse.lake import Lake
from warehouse.schema import TABLE

__all__ = ["LARGE", "SMALL", "Facts", "Size", "make", "present", "store", "write"]


def present() -> datetime:
    """Return this moment as the warehouse's views see it: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def write(folder: Path, size: Size = SMALL, *, seed: int | None = None) -> None:
    """Write a past that ends now into an empty warehouse folder, and publish it."""
    store(folder, make(replace(size, seed=size.seed if seed is None else seed), present()))


def store(folder: Path, facts: Facts) -> None:
    """Write facts into an empty warehouse folder, and publish them."""
    with Lake(folder) as lake, commit(lake) as writing:
        if writing.id != 1:
            raise ValueError(f"{folder} holds a warehouse already.")
        for name, rows in facts.items():
            _append(writing, name, rows)


def _append(writing: Commit, name: str, rows: pa.Table) -> None:
    """Add rows to a fact table as `Commit.append` does, but under their own commit's number."""
    names = [column.name for column in TABLE[name].columns if column.name in rows.column_names]
    types = {column.name: column.type for column in TABLE[name].columns}
    values = ", ".join(f"CAST({column} AS {types[column]})" for column in names)
    connection = writing.lake.connection
    connection.register("incoming", rows)
    try:
        connection.execute(
            f"INSERT INTO lake.main.{name} ({', '.join(names)}) SELECT {values} FROM incoming"
        )
    finally:
        connection.unregister("incoming")
