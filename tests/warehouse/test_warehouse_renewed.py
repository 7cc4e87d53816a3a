"""Publishing out of the former file: quicker, and the same as from nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from lake_helpers import make, write
from support import query, value

from newsloom.settings import WarehouseSettings
from warehouse import publish as publishing
from warehouse.factfiles import selects
from warehouse.folder import PUBLISHED_NAME
from warehouse.lake import Lake
from warehouse.maintain import compact, file_count
from warehouse.publish import publish
from warehouse.schema import TABLES
from warehouse.views import sql_of


def _file(folder: Path) -> Path:
    return folder / PUBLISHED_NAME


def _contents(file: Path) -> list[tuple[str, str, str]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(
            "SELECT schema_name, view_name, sql FROM duckdb_views() WHERE NOT internal "
            "UNION ALL SELECT 'facts', table_name, definition FROM facts.published_facts "
            "UNION ALL SELECT 'facts', 'published', commit_id || ' ' || snapshot_id || made_by "
            "FROM facts.published ORDER BY ALL"
        ).fetchall()


def _forbid(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError(name)

    monkeypatch.setattr(publishing, name, refuse)


def test_a_later_commit_renews_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a")
    _forbid(monkeypatch, "_make")
    with Lake(tmp_path) as lake:
        for number in range(2, 6):
            write(lake, f"a{number}", run=f"r{number}")
            assert value(tmp_path, "SELECT count(text) FROM articles") == number
            assert value(tmp_path, "SELECT commit_id FROM facts.published") == number


def test_a_renewed_file_is_as_one_from_nothing(tmp_path: Path) -> None:
    with Lake(tmp_path) as lake:
        for number in range(4):
            write(lake, f"a{number}", run=f"r{number}")
        renewed = _contents(_file(tmp_path))
        _file(tmp_path).unlink()
        with lake.lock():
            publish(lake)
        assert _contents(_file(tmp_path)) == renewed


def test_it_does_not_grow_without_need(tmp_path: Path) -> None:
    make(tmp_path, "a")
    first = _file(tmp_path).stat().st_size
    with Lake(tmp_path) as lake, lake.lock():
        for _ in range(20):
            publish(lake)
    assert _file(tmp_path).stat().st_size <= 3 * first


def _absent(file: Path) -> None:
    file.unlink()


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _no_database(file: Path) -> None:
    file.write_bytes(b"no database" * 1000)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _garbled(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[12_288:] = bytes(len(whole) - 12_288)
    file.write_bytes(whole)


def _foreign(file: Path) -> None:
    file.unlink()
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE TABLE mine (a INTEGER)")


def _changed(sql: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        with duckdb.connect(str(file)) as connection:
            connection.execute(sql)

    return change


FORMER = {
    "absent": _absent,
    "empty": _empty,
    "no database": _no_database,
    "cut": _cut,
    "garbled": _garbled,
    "of somebody else": _foreign,
    "of other views": _changed("UPDATE facts.published SET made_by = 'other'; DROP VIEW articles"),
    "from before this column": _changed("ALTER TABLE facts.published DROP COLUMN made_by"),
    "without its facts": _changed("DROP TABLE facts.published_facts; DROP VIEW articles"),
    "with a view missing": _changed("DROP VIEW facts.run_events"),
}


@pytest.mark.parametrize("spoil", FORMER.values(), ids=FORMER.keys())
def test_a_former_file_that_is_no_ground_is_replaced(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    make(tmp_path, "a")
    spoil(_file(tmp_path))
    make(tmp_path, "b")
    assert query(tmp_path, "SELECT text FROM articles ORDER BY 1") == [
        {"text": "Texto a."}, {"text": "Texto b."},
    ]  # fmt: skip
    assert list(tmp_path.glob(".news*")) == []


def test_a_view_that_changed_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a")
    with monkeypatch.context() as patched:
        patched.setattr("warehouse.views.sql_of", _with_a_comment)
        make(tmp_path, "b")
    (row,) = [row for row in _contents(_file(tmp_path)) if row[:2] == ("main", "runs")]
    before = row[2]
    assert value(tmp_path, "SELECT count(*) FROM articles") == 2
    make(tmp_path, "c")
    (row,) = [row for row in _contents(_file(tmp_path)) if row[:2] == ("main", "runs")]
    assert row[2] != before


def _with_a_comment(name: str) -> str:
    text = sql_of(name)
    return f"{text} LIMIT 1000000" if name == "runs" else text


def test_a_copied_warehouse_shows_its_own_files(tmp_path: Path) -> None:
    make(tmp_path / "here", "a")
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    make(tmp_path / "there", "b")
    shutil.rmtree(tmp_path / "here")
    assert value(tmp_path / "there", "SELECT count(text) FROM articles") == 2


def test_a_failure_while_renewing_leaves_the_former_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a")
    former = _file(tmp_path).read_bytes()
    with Lake(tmp_path) as lake, lake.lock():
        _forbid(monkeypatch, "_sync")
        with pytest.raises(AssertionError):
            publish(lake)
    assert _file(tmp_path).read_bytes() == former


def test_the_files_are_those_of_the_catalog(tmp_path: Path) -> None:
    with Lake(tmp_path / "it's [a] #1", WarehouseSettings(keep_old_files_hours=0)) as lake:
        for number in range(4):
            write(lake, f"a{number}", run=f"r{number}")
            _assert_same_files(lake)
        with lake.lock():
            compact(lake)
        assert file_count(lake) <= len(TABLES)
        _assert_same_files(lake)
        lake.connection.execute("ALTER TABLE lake.article_revisions DROP COLUMN image_url")
        lake.connection.execute("ALTER TABLE lake.article_revisions ADD COLUMN image_url VARCHAR")
        write(lake, "late", run="late")
        _assert_same_files(lake)
        assert value(lake.folder, "SELECT count(*) FROM articles") == 5


def _assert_same_files(lake: Lake) -> None:
    found = selects(lake)
    for table in TABLES:
        listed = lake.connection.execute(
            "SELECT data_file FROM ducklake_list_files('lake', ?)", [table.name]
        ).fetchall()
        paths = ["'" + path.replace("'", "''") + "'" for (path,) in listed]
        assert all(path in found[table.name] for path in paths)
        assert found[table.name].count(".parquet'") == len(paths)
