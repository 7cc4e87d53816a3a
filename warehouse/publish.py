"""Publishing: after each commit, a small file of views over that snapshot's Parquet files.

The file replaces the former one in a single rename, so a reader sees either snapshot, whole, and
never waits for a writer; one that has the old file open keeps its old snapshot. It opens in any
DuckDB, without extensions.

A commit adds files to a few fact tables only. So the former file is copied, and just the views of
these tables are made anew in the copy: this takes a quarter of the time. Where there is no former
file, or it is broken, or other views or another folder made it, all is made from nothing.
"""

import hashlib
import os
import shutil
from pathlib import Path

import duckdb

from newsloom import __version__
from newsloom.errors import WarehouseError
from warehouse import views
from warehouse.factfiles import no_rows, selects
from warehouse.folder import PUBLISHED_NAME
from warehouse.lake import Lake
from warehouse.schema import SCHEMA_VERSION, TABLES


def publish(lake: Lake) -> Path:
    """Write and swap in the published file. The lake's lock must be held."""
    try:
        return _publish(lake)
    except (duckdb.Error, OSError) as error:
        raise WarehouseError(
            f"What was committed could not be published in {lake.folder}: {error}",
            "Free space or repair the disk; the next run publishes it.",
        ) from error


def _publish(lake: Lake) -> Path:
    target = lake.folder / PUBLISHED_NAME
    fresh = lake.folder / f".{PUBLISHED_NAME}.{os.getpid()}"
    facts = selects(lake)
    if not _renew(lake, target, fresh, facts):
        _make(lake, fresh, facts)
        _prove(fresh)
    _sync(fresh)
    fresh.replace(target)
    _remove_abandoned(lake.folder)
    return target


def _renew(lake: Lake, former: Path, fresh: Path, facts: dict[str, str]) -> bool:
    """Make and prove the file, out of a copy of the former; False where that is no ground."""
    _remove(fresh)
    try:
        shutil.copyfile(former, fresh)
        with duckdb.connect(str(fresh), config={"threads": 2}) as connection:
            made_by = connection.execute("SELECT made_by FROM facts.published").fetchall()
            if made_by != [(_made_by(lake),)]:
                return False
            known = dict(connection.execute("FROM facts.published_facts").fetchall())
            connection.execute("BEGIN")
            for name, select in facts.items():
                if known.get(name) != select:
                    _set_facts(connection, name, select)
            _describe(lake, connection, facts)
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT")
        _prove(fresh)
    except (duckdb.Error, OSError):
        return False  # whatever is wrong, a file made from nothing shows whether it stays so
    return True


def _make(lake: Lake, fresh: Path, facts: dict[str, str]) -> None:
    _remove(fresh)
    with duckdb.connect(str(fresh), config={"threads": 2}) as connection:
        connection.execute("CREATE SCHEMA facts")
        # Over empty facts first, which is a third quicker: DuckDB would open all files anew for
        # every view that stands on them.
        for table in TABLES:
            connection.execute(f"CREATE VIEW facts.{table.name} AS {no_rows(table)}")
        views.create_views(connection)
        for name, select in facts.items():
            _set_facts(connection, name, select)
        _describe(lake, connection, facts)
        views.create_health_views(connection)
        connection.execute("CHECKPOINT")  # here, where a full disk is an error and not a shrug


def _set_facts(connection: duckdb.DuckDBPyConnection, name: str, select: str) -> None:
    connection.execute(f"CREATE OR REPLACE VIEW facts.{name} AS {select}")


def _describe(lake: Lake, connection: duckdb.DuckDBPyConnection, facts: dict[str, str]) -> None:
    """Write what the file shows, and what it was made of."""
    ((commit_id, snapshot_id),) = lake.connection.execute(
        "SELECT (SELECT max(commit_id) FROM facts.run_events), "
        "(SELECT max(snapshot_id) FROM __ducklake_metadata_lake.ducklake_snapshot)"
    ).fetchall()
    connection.execute(
        "CREATE OR REPLACE TABLE facts.published AS SELECT ?::BIGINT AS commit_id, "
        "?::BIGINT AS snapshot_id, make_timestamp(epoch_us(now())) AS published_at, "
        "?::INTEGER AS schema_version, ?::VARCHAR AS version, ?::VARCHAR AS made_by",
        [commit_id, snapshot_id, SCHEMA_VERSION, __version__, _made_by(lake)],
    )
    connection.execute(
        "CREATE OR REPLACE TABLE facts.published_facts AS "
        "SELECT unnest(?::VARCHAR[]) AS table_name, unnest(?::VARCHAR[]) AS definition",
        [list(facts), list(facts.values())],
    )


def _made_by(lake: Lake) -> str:
    """Return what tells the views of a file: equal where just the facts can differ."""
    parts = [
        str(lake.folder),
        str(SCHEMA_VERSION),
        __version__,
        duckdb.__version__,
        *views.all_sql(),
    ]
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _prove(path: Path) -> None:
    """Read the file back before it takes the place of a good one; duckdb.Error if it is bad."""
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute("FROM facts.published").fetchall()
        connection.execute("FROM facts.run_events LIMIT 0").fetchall()


def _sync(path: Path) -> None:
    """Have the bytes on the disk before the name points at them."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _remove_abandoned(folder: Path) -> None:
    """Clear what killed writers left: nobody else publishes while the lock is held."""
    for path in folder.glob(f".{PUBLISHED_NAME}.*"):
        _remove(path)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
