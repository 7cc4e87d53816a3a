"""The published file: plain, whole, always there."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest
from lake_helpers import NOON, append, make, write
from support import query, value

from newsloom.errors import WarehouseError, WarehouseMissing
from warehouse.commit import commit
from warehouse.folder import PUBLISHED_NAME
from warehouse.lake import Lake
from warehouse.published import Published
from warehouse.schema import TABLES, Column
from warehouse.views import PUBLIC_VIEWS

PLAIN = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_unsigned_extensions": "false",
}
AGREE = """
    SELECT (SELECT count(*) FROM articles) = (SELECT count(*) FROM items WHERE status = 'new')
       AND (SELECT count(*) FROM articles) = (SELECT count(text) FROM articles)
       AND (SELECT count(*) FROM articles) = (SELECT sum(article_count) FROM stories)
       AND (SELECT count(*) FROM articles) = (SELECT sum(items_new) FROM runs)
       AND NOT EXISTS (FROM mentions ANTI JOIN articles USING (article_id))
"""


def test_it_opens_in_any_duckdb_without_extensions(tmp_path: Path) -> None:
    make(tmp_path, "a", "b")
    file = str(tmp_path / PUBLISHED_NAME)
    with duckdb.connect(file, read_only=True, config=PLAIN) as plain:
        found = plain.execute("SELECT article_id, text FROM articles ORDER BY 1").fetchall()
        assert found == [("a", "Texto a."), ("b", "Texto b.")]
        for view in PUBLIC_VIEWS:
            plain.execute(f"FROM {view.name}").fetchall()
        loaded = plain.execute("SELECT extension_name FROM duckdb_extensions() WHERE loaded")
        assert not {"ducklake", "sqlite_scanner"} & {name for (name,) in loaded.fetchall()}


@pytest.mark.parametrize("articles", [(), ("a", "b")])
def test_the_views_have_the_columns_of_the_contract(
    tmp_path: Path, articles: tuple[str, ...]
) -> None:
    make(tmp_path, *articles)
    with Lake(tmp_path) as lake, Published(tmp_path) as news:
        for view in PUBLIC_VIEWS:
            # A published file alone has the checks: they tell how it is itself, too.
            lakes = [] if view.name == "checks" else [lake.connection]
            for connection in (*lakes, news.connection):
                found = _described(connection, f"FROM {view.name}")
                assert found == _declared(connection, view.columns), view.name


def test_the_facts_have_the_columns_of_the_schema(tmp_path: Path) -> None:
    make(tmp_path, "a")
    with Published(tmp_path) as news:
        for table in TABLES:
            found = _described(news.connection, f"FROM facts.{table.name}")
            assert found == _declared(news.connection, table.columns), table.name


def _described(connection: duckdb.DuckDBPyConnection, select: str) -> list[tuple[str, str]]:
    rows = connection.execute(f"DESCRIBE {select}").fetchall()
    return [(name, type_) for name, type_, *_ in rows]


def _declared(
    connection: duckdb.DuckDBPyConnection, columns: tuple[Column, ...]
) -> list[tuple[str, str]]:
    """Return the columns with their types as DuckDB spells them."""
    nulls = ", ".join(f"NULL::{column.type} AS {column.name}" for column in columns)
    return _described(connection, f"SELECT {nulls}")


def test_an_open_reader_keeps_its_snapshot_and_a_new_one_sees_the_new(tmp_path: Path) -> None:
    make(tmp_path, "a")
    with Lake(tmp_path) as lake, Published(tmp_path) as early:
        for number, article in enumerate(("b", "c", "d"), start=2):
            write(lake, article, run=f"r{number}")
            assert _count(early) == 1
            assert _only(early, AGREE)
            with Published(tmp_path) as late:
                assert _count(late) == number
                assert _only(late, AGREE)


def test_there_is_a_whole_file_at_every_moment(tmp_path: Path) -> None:
    make(tmp_path, "a0")
    with Lake(tmp_path) as lake, watched(tmp_path) as counts:
        for number in range(1, 6):
            write(lake, f"a{number}", run=f"r{number}")
    assert counts == sorted(counts)
    assert len(counts) > 2


@contextmanager
def watched(folder: Path) -> Iterator[list[int]]:
    """Open the published file over and over in another thread; yield the counts it saw."""
    ended = threading.Event()
    counts: list[int] = []
    failures: list[BaseException] = []

    def look() -> None:
        while not ended.is_set():
            try:
                with Published(folder) as news:
                    counts.append(_count(news))
                    assert _only(news, AGREE)
            except BaseException as failure:
                failures.append(failure)
                return

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield counts
    finally:
        ended.set()
        thread.join()
    assert failures == []


def test_nothing_is_published_before_the_commit(tmp_path: Path) -> None:
    make(tmp_path, "a")
    with Lake(tmp_path) as lake, commit(lake) as writing:
        append(writing, "b")
        assert value(tmp_path, "SELECT count(*) FROM articles") == 1
    assert value(tmp_path, "SELECT count(*) FROM articles") == 2


def test_what_a_killed_writer_left_is_cleared(tmp_path: Path) -> None:
    make(tmp_path, "a")
    (tmp_path / f".{PUBLISHED_NAME}.99999").write_bytes(b"half a file")
    (tmp_path / f".{PUBLISHED_NAME}.99999.wal").write_bytes(b"half a log")
    make(tmp_path, "b")
    assert value(tmp_path, "SELECT count(*) FROM articles") == 2
    assert list(tmp_path.glob(".news*")) == []


@pytest.mark.parametrize("name", ['it\'s "two" words; [a-z]*', "#1 50%20 ñandú"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    for article in ("a", "b"):
        make(tmp_path / name / "data", article)
    texts = query(tmp_path / name / "data", "SELECT text FROM articles ORDER BY 1")
    assert texts == [{"text": "Texto a."}, {"text": "Texto b."}]


def test_a_folder_name_that_duckdb_cannot_take_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError) as caught:
        make(tmp_path / "what?" / "data", "a")
    assert "--warehouse" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_moved_warehouse_says_so_until_its_next_run_publishes_it(tmp_path: Path) -> None:
    make(tmp_path / "here", "a")
    shutil.move(tmp_path / "here", tmp_path / "there")
    with pytest.raises(WarehouseError) as caught:
        Published(tmp_path / "there")
    assert "moved" in caught.value.hint
    assert "newsloom ingest" in caught.value.hint
    make(tmp_path / "there", "b")
    assert value(tmp_path / "there", "SELECT count(text) FROM articles") == 2
    assert not (tmp_path / "here").exists()


def test_a_column_of_a_later_schema_reads_as_null_in_older_rows(tmp_path: Path) -> None:
    make(tmp_path, "a")
    with Lake(tmp_path) as lake:
        for column in ("image_url", "word_count"):
            lake.connection.execute(f"ALTER TABLE lake.article_revisions DROP COLUMN {column}")
        lake.connection.execute("DROP TABLE lake.tombstones")
        lake.connection.execute("UPDATE lake.schema_versions SET version = 0")
    make(tmp_path, "b")
    assert query(tmp_path, "SELECT title, image_url, word_count FROM articles ORDER BY 1") == [
        {"title": "Titular a", "image_url": None, "word_count": None},
        {"title": "Titular b", "image_url": None, "word_count": 2},
    ]
    assert value(tmp_path, "SELECT count(*) FROM facts.tombstones") == 0


def test_the_last_day_does_not_depend_on_the_readers_time_zone(tmp_path: Path) -> None:
    with Lake(tmp_path) as lake, commit(lake) as writing:
        append(writing)
        for hours in (23, 25):
            rows = lake.query(
                f"SELECT 'source-{hours}' AS source, 'i{hours}' AS item_id, 'new' AS status, "
                f"make_timestamp(epoch_us(now()) - {hours} * 3_600_000_000) AS seen_at"
            )
            writing.append("item_events", rows)
    with Published(tmp_path) as news:
        for zone in ("UTC", "Asia/Tokyo", "America/Lima"):
            news.connection.execute(f"SET TimeZone = '{zone}'")
            counted = news.query("SELECT source, new_24h FROM source_health ORDER BY source")
            assert counted.to_pylist() == [
                {"source": "source-23", "new_24h": 1},
                {"source": "source-25", "new_24h": 0},
            ]


def test_times_are_stored_in_utc(tmp_path: Path) -> None:
    make(tmp_path, "a")
    with Published(tmp_path) as news:
        ago = _only(news, "SELECT epoch_us(now()) - epoch_us(published_at) FROM facts.published")
        assert 0 <= ago < 60_000_000
        assert _only(news, "SELECT first_seen_at FROM articles") == NOON


def test_a_missing_warehouse_names_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(WarehouseMissing) as caught:
        Published(tmp_path / "nowhere")
    assert "newsloom ingest" in caught.value.hint


def test_a_damaged_published_file_names_the_next_step(tmp_path: Path) -> None:
    make(tmp_path, "a")
    (tmp_path / PUBLISHED_NAME).write_bytes(b"no database")
    with pytest.raises(WarehouseError) as caught:
        Published(tmp_path)
    assert "newsloom ingest" in caught.value.hint
    make(tmp_path, "b")
    assert value(tmp_path, "SELECT count(*) FROM articles") == 2


def _only(news: Published, sql: str) -> Any:
    row = news.connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def _count(news: Published) -> int:
    return int(_only(news, "SELECT count(*) FROM articles"))


def test_what_does_not_fit_into_memory_stays_out_of_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "data", "a")
    here, scratch = tmp_path / "here", tmp_path / "scratch"
    here.mkdir()
    scratch.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with Published(tmp_path / "data") as news:
        news.connection.execute("SET memory_limit = '40MB'")
        news.connection.execute(
            "CREATE TABLE memory.main.large AS "
            "SELECT md5(number::VARCHAR) AS word FROM range(2000000) AS t(number)"
        )
        assert list(scratch.iterdir())
    assert not list(scratch.iterdir())
    assert not list(here.iterdir())
