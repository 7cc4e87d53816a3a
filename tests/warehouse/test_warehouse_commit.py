"""One commit: all of it or nothing, one writer at a time."""

import threading
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from lake_helpers import append, make, write
from support import query, value

from newsloom.errors import WarehouseError
from warehouse.commit import commit
from warehouse.lake import Lake


def test_an_error_inside_leaves_nothing(tmp_path: Path) -> None:
    make(tmp_path, "a")
    with Lake(tmp_path) as lake:
        with pytest.raises(ZeroDivisionError):
            _write_and_fail(lake, ZeroDivisionError())
        with pytest.raises(WarehouseError, match="could not be written") as caught:
            _write_and_fail(lake, duckdb.IOException("disk full"))
        assert "run it again" in caught.value.hint
        assert write(lake, "c") == 2
    assert [row["article_id"] for row in query(tmp_path, "FROM articles ORDER BY 1")] == ["a", "c"]


def _write_and_fail(lake: Lake, error: Exception) -> None:
    with commit(lake) as writing:
        append(writing, "b")
        raise error


def test_what_was_appended_is_seen_inside_the_commit(tmp_path: Path) -> None:
    with Lake(tmp_path) as lake, commit(lake) as writing:
        append(writing, "a")
        assert lake.query("SELECT count(*) AS n FROM articles").to_pylist() == [{"n": 1}]


def test_columns_go_by_name_and_absent_ones_are_null(tmp_path: Path) -> None:
    with Lake(tmp_path) as lake, commit(lake) as writing:
        append(writing)
        rows = pa.table({"removed_at": [None], "unknown": [1], "article_id": ["a"]})
        writing.append("tombstones", rows)
    assert query(tmp_path, "FROM facts.tombstones") == [
        {"commit_id": 1, "article_id": "a", "url": None, "reason": None, "removed_at": None}
    ]


def test_writers_at_once_are_put_in_order(tmp_path: Path) -> None:
    make(tmp_path)
    ids: list[int] = []

    def work(name: str) -> None:
        with Lake(tmp_path) as lake:
            ids.extend(write(lake, f"{name}{n}", run=f"{name}{n}") for n in range(2))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ids) == list(range(2, 8))
    assert value(tmp_path, "SELECT count(*) FROM articles") == 6


def test_a_reader_of_the_lake_sees_what_others_commit(tmp_path: Path) -> None:
    make(tmp_path, "a")
    with Lake(tmp_path) as one, Lake(tmp_path) as other:
        write(other, "b")
        assert one.query("SELECT count(*) AS n FROM articles").to_pylist() == [{"n": 2}]
        assert write(one, "c") == 3


def test_a_writer_does_not_wait_for_one_who_reads(tmp_path: Path) -> None:
    make(tmp_path, "a")
    with Lake(tmp_path) as reader, Lake(tmp_path) as writer:
        reader.connection.execute("BEGIN; FROM articles")
        write(writer, "b")
        assert reader.query("SELECT count(*) AS n FROM articles").to_pylist() == [{"n": 1}]
        reader.connection.execute("COMMIT")
        assert write(reader, "c") == 3


def test_a_warehouse_half_made_is_finished_by_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from warehouse import migrations

    def stop(connection: duckdb.DuckDBPyConnection) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(migrations, "_set_options", stop)
        with pytest.raises(KeyboardInterrupt):
            Lake(tmp_path)
    make(tmp_path, "a")
    with Lake(tmp_path) as lake:
        options = lake.query("SELECT option_name, value FROM ducklake_options('lake')").to_pylist()
    assert {"option_name": "parquet_compression", "value": "zstd"} in options
