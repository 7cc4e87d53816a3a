"""Compaction: fewer files, the same contents, and readers that notice nothing."""

from pathlib import Path

import pytest
from lake_helpers import make, write
from news_texts import articles
from support import Contents, facts, run, write_jsonl

from newsloom.settings import WarehouseSettings
from warehouse.lake import FILES_NAME, Lake
from warehouse.maintain import compact_if_scattered, file_count
from warehouse.published import Published
from warehouse.schema import TABLES

LEAST = 4 * len(TABLES)
EAGER = WarehouseSettings(compact_after_files=0)
CARELESS = WarehouseSettings(compact_after_files=0, keep_old_files_hours=0)


@pytest.fixture
def scattered(tmp_path: Path) -> Path:
    """A warehouse in more files than the least that are worth merging."""
    with Lake(tmp_path / "data") as lake:
        for number in range(9):
            write(lake, f"a{number}", run=f"r{number}")
        assert file_count(lake) > LEAST
    return tmp_path / "data"


def test_many_small_files_become_few_with_the_same_contents(scattered: Path) -> None:
    before = facts(scattered, whole=True)
    with Published(scattered) as early, Lake(scattered, EAGER) as lake:
        files = file_count(lake)
        assert compact_if_scattered(lake)
        assert file_count(lake) < files / 4
        assert not compact_if_scattered(lake)
        assert early.query("FROM articles").num_rows == 9
        assert facts(scattered, whole=True) == before
        write(lake, "late", run="late")
    assert facts(scattered, whole=True)["article_texts"] != before["article_texts"]
    # Who opened the file before still reads what was replaced.
    with Published(scattered) as late:
        assert late.query("FROM articles").num_rows == 10


def test_few_files_are_left_alone(scattered: Path) -> None:
    with Lake(scattered) as lake:
        assert not compact_if_scattered(lake)


def test_replaced_files_are_deleted_once_they_are_old(scattered: Path) -> None:
    with Lake(scattered, CARELESS) as lake:
        before = facts(scattered, whole=True)
        assert compact_if_scattered(lake)
        on_disk = list((scattered / FILES_NAME).rglob("*.parquet"))
        assert len(on_disk) == file_count(lake)
    assert facts(scattered, whole=True) == before
    make(scattered, "late")


@pytest.mark.usefixtures("inline")
def test_small_runs_compact_too(tmp_path: Path) -> None:
    folder, rows, counts = tmp_path / "data", articles(5), []
    for number, row in enumerate(rows):
        run(folder, write_jsonl(tmp_path / f"{number}.jsonl", [row]), warehouse=EAGER)
        with Lake(folder) as lake:
            counts.append(file_count(lake))
    assert max(counts) <= LEAST + 20
    assert counts != sorted(counts)


@pytest.mark.usefixtures("inline")
def test_an_ingest_that_compacts_ends_as_one_that_does_not(tmp_path: Path) -> None:
    rows = write_jsonl(tmp_path / "rows.jsonl", articles(6))
    outcomes: list[Contents] = []
    for name, settings in (("eager", CARELESS), ("calm", WarehouseSettings())):
        run(tmp_path / name, rows, warehouse=settings, batch_size=2)
        outcomes.append(facts(tmp_path / name))
    assert outcomes[0] == outcomes[1]
