"""The published file: plain, whole, always there."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from lake_helpers import NOON, append, make, write
from support import query, value

from newsloom.errors import WarehouseError, WarehouseMissing
from warehouse.commit import commit
from warehouse.lake import Lake
from warehouse.publish import PUBLISHED_NAME
from warehouse.published import Published
from warehouse.schema import TABLES
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
    make(tmp_path / "data", "a", "b")
    with duckdb.connect(
        str(tmp_path / "data" / PUBLISHED_NAME), read_only=True, config=PLAIN
    ) as plain:
        assert plain.execute("SELECT article_id, text FROM articles ORDER BY 1").fetchall() == [
            ("a", "Texto a."),
            ("b", "Texto b."),
        ]
        for view in PUBLIC_VIEWS:
            plain.execute(f"FROM {view.name}").fetchall()
        loaded = plain.execute(
            "SELECT extension_name FROM duckdb_extensions() WHERE loaded AND "
            "extension_name IN ('ducklake', 'sqlite_scanner')"
        ).fetchall()
    assert loaded == []


@pytest.mark.parametrize("articles", [(), ("a", "b")])
def test_the_views_have_the_columns_of_the_contract(tmp_path: Path, articles: tuple[str]) -> None:
    make(tmp_path, *articles)
    with Lake(tmp_path) as lake, Published(tmp_path) as news:
        for view in PUBLIC_VIEWS:
            contract = [(column.name, column.type) for column in view.columns]
            for connection in (lake.connection, news.connection):
                described = connection.execute(f"DESCRIBE {view.name}").fetchall()
                assert [(name, type_) for name, type_, *_ in described] == contract, view.name


def test_the_facts_have_the_columns_of_the_schema(tmp_path: Path) -> None:
    make(tmp_path, "a")
    with Published(tmp_path) as news:
        for table in TABLES:
            described = news.connection.execute(f"DESCRIBE facts.{table.name}").fetchall()
            assert [(name, type_) for name, type_, *_ in described] == [
                (column.name, column.type) for column in table.columns
            ]


def test_an_open_reader_keeps_its_snapshot_and_a_new_one_sees_the_new(tmp_path: Path) -> None:
    make(tmp_path, "a")
    with Lake(tmp_path) as lake, Published(tmp_path) as early:
        for number, article in enumerate(("b", "c", "d"), start=2):
            write(lake, article, run=f"r{number}")
            assert _count(early) == 1
            assert _agrees(early)
            with Published(tmp_path) as late:
                assert _count(late) == number
                assert _agrees(late)


def test_there_is_a_whole_file_at_every_moment(tmp_path: Path) -> None:
    make(tmp_path, "a0")
    with Lake(tmp_path) as lake, watched(tmp_path) as counts:
        for number in range(1, 12):
            write(lake, f"a{number}", run=f"r{number}")
    assert counts == sorted(counts)
    assert len(counts) > 5


@contextmanager
def watched(folder: Path) -> Iterator[list[int]]:
    """Open the published file over and over in another thread; yield the counts it saw."""
    ended, counts, failures = threading.Event(), [], []

    def look() -> None:
        while not ended.is_set():
            try:
                with Published(folder) as news:
                    counts.append(_count(news))
                    assert _agrees(news)
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
    with Lake(tmp_path) as lake, pytest.raises(RuntimeError), commit(lake) as writing:
        append(writing, "b")
        assert value(tmp_path, "SELECT count(*) FROM articles") == 1
        raise RuntimeError
    assert value(tmp_path, "SELECT count(*) FROM articles") == 1


def test_what_a_killed_writer_left_is_cleared_and_published(tmp_path: Path) -> None:
    make(tmp_path, "a")
    (tmp_path / f".{PUBLISHED_NAME}.99999").write_bytes(b"half a file")
    (tmp_path / f".{PUBLISHED_NAME}.99999.wal").write_bytes(b"half a log")
    make(tmp_path, "b")
    assert value(tmp_path, "SELECT count(*) FROM articles") == 2
    assert [path.name for path in tmp_path.glob(".news*")] == []


@pytest.mark.parametrize(
    "name",
    ["two words", "it's", 'say "news"', "[a-z]*?", "semi;colon", "50%20", "noticias-ñandú", "#1"],
)
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    for article in ("a", "b"):
        make(tmp_path / name / "data", article)
    assert [row["text"] for row in query(tmp_path / name / "data", "FROM articles ORDER BY 1")] == [
        "Texto a.",
        "Texto b.",
    ]


def test_a_moved_warehouse_goes_on_and_is_published_by_its_next_run(tmp_path: Path) -> None:
    make(tmp_path / "here", "a")
    shutil.move(tmp_path / "here", tmp_path / "there")
    make(tmp_path / "there", "b")
    assert value(tmp_path / "there", "SELECT count(text) FROM articles") == 2
    assert not (tmp_path / "here").exists()


def test_a_moved_warehouse_says_how_to_publish_it_anew(tmp_path: Path) -> None:
    make(tmp_path / "here", "a")
    shutil.move(tmp_path / "here", tmp_path / "there")
    with pytest.raises(WarehouseError) as caught, Published(tmp_path / "there"):
        pass
    assert "moved" in str(caught.value)
    assert "newsloom ingest" in caught.value.hint


def test_a_column_of_a_later_schema_reads_as_null_in_older_rows(tmp_path: Path) -> None:
    make(tmp_path, "a")
    with Lake(tmp_path) as lake:
        lake.connection.execute("ALTER TABLE lake.main.article_revisions DROP COLUMN image_url")
        lake.connection.execute("ALTER TABLE lake.main.article_revisions DROP COLUMN word_count")
        lake.connection.execute("DROP TABLE lake.main.tombstones")
        lake.connection.execute("UPDATE lake.schema_versions SET version = 0")
    make(tmp_path, "b")
    assert query(tmp_path, "SELECT title, image_url, word_count FROM articles ORDER BY 1") == [
        {"title": "Titular a", "image_url": None, "word_count": None},
        {"title": "Titular b", "image_url": None, "word_count": 2},
    ]
    assert value(tmp_path, "SELECT count(*) FROM facts.tombstones") == 0


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Lima"])
def test_the_last_day_does_not_depend_on_the_readers_time_zone(tmp_path: Path, zone: str) -> None:
    make(tmp_path, "a")
    with Published(tmp_path) as news:
        news.connection.execute(f"SET TimeZone = '{zone}'")
        ago = "epoch_us(now()) - epoch_us(published_at)"
        assert abs(_only(news, f"SELECT {ago} FROM facts.published")) < 60_000_000
        shift = "epoch_us(now()) - epoch_us(TIMESTAMP '2024-03-10 12:00') - 43_200_000_000"
        hours = int(_only(news, f"SELECT ({shift}) / 3_600_000_000"))
        assert hours > 0
    near = _recent_article(tmp_path, hours_ago=23)
    far = _recent_article(tmp_path, hours_ago=25)
    with Published(tmp_path) as news:
        news.connection.execute(f"SET TimeZone = '{zone}'")
        for source, expected in ((near, 1), (far, 0)):
            counted = f"SELECT new_24h FROM source_health WHERE source = '{source}'"
            assert _only(news, counted) == expected


def _recent_article(folder: Path, *, hours_ago: int) -> str:
    import pyarrow as pa

    source = f"source-{hours_ago}"
    with Lake(folder) as lake, commit(lake) as writing:
        append(writing)
        rows = lake.query(
            f"SELECT '{source}' AS source, '{source}' AS item_id, 'new' AS status, "
            f"make_timestamp(epoch_us(now()) - {hours_ago} * 3_600_000_000) AS seen_at"
        )
        assert isinstance(rows, pa.Table)
        writing.append("item_events", rows)
    return source


def test_a_missing_warehouse_names_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(WarehouseMissing) as caught:
        Published(tmp_path / "nowhere")
    assert "newsloom ingest" in caught.value.hint


@pytest.mark.parametrize(
    "spoil", [lambda p: p.write_bytes(b"no database"), lambda p: p.write_bytes(b"")]
)
def test_a_damaged_published_file_names_the_next_step(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    make(tmp_path, "a")
    spoil(tmp_path / PUBLISHED_NAME)
    with pytest.raises(WarehouseError) as caught:
        Published(tmp_path)
    assert "newsloom ingest" in caught.value.hint
    make(tmp_path, "b")
    assert value(tmp_path, "SELECT count(*) FROM articles") == 2


def test_times_are_stored_as_they_are_given(tmp_path: Path) -> None:
    make(tmp_path, "a")
    assert value(tmp_path, "SELECT first_seen_at FROM articles") == NOON


def _only(news: Published, sql: str) -> object:
    row = news.connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def _count(news: Published) -> int:
    return int(str(_only(news, "SELECT count(*) FROM articles")))


def _agrees(news: Published) -> bool:
    return bool(_only(news, AGREE))
