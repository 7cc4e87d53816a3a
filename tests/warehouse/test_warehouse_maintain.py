"""Compaction: fewer files, the same contents, and readers that notice nothing."""

from pathlib import Path

import pytest
from lake_helpers import write
from news_texts import articles
from support import facts, ingest_rows, run, value, write_jsonl

from newsloom.settings import WarehouseSettings
from warehouse.folder import FILES_NAME
from warehouse.lake import Lake
from warehouse.maintain import compact_if_scattered, file_count
from warehouse.published import Published
from warehouse.schema import TABLES

LEAST = 4 * len(TABLES)
"""Fewer files than these are never merged, whatever the setting."""
MANY = LEAST // 6 + 1
"""Commits of six files each that make more than LEAST."""
FEW = (LEAST - 2) // 6
"""Commits that make some fewer than LEAST."""
EAGER = WarehouseSettings(compact_after_files=0)
CARELESS = WarehouseSettings(compact_after_files=0, keep_old_files_hours=0)


def scatter(folder: Path, commits: int, name: str = "a") -> int:
    """Make many small commits, the last of which is published; return the number of data files."""
    with Lake(folder) as lake:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("warehouse.commit.publish", lambda lake: None)
            for number in range(1, commits):
                write(lake, f"{name}{number}", run=f"{name}{number}")
        write(lake, f"{name}0", run=f"{name}0")
        return file_count(lake)


def test_many_small_files_become_few_and_replaced_ones_go_when_they_are_old(
    tmp_path: Path,
) -> None:
    files = scatter(tmp_path, MANY)
    assert files > LEAST
    before = facts(tmp_path, whole=True)
    with Lake(tmp_path) as lake:
        assert not compact_if_scattered(lake)  # the setting allows more files by default
    with Published(tmp_path) as early, Lake(tmp_path, EAGER) as lake:
        assert compact_if_scattered(lake)
        assert file_count(lake) <= len(TABLES)
        assert not compact_if_scattered(lake)
        assert facts(tmp_path, whole=True) == before
        assert early.query("FROM articles").num_rows == MANY  # its files are still there
        write(lake, "late", run="late")
    with Lake(tmp_path, CARELESS) as lake:
        scatter(tmp_path, MANY - 1, "b")
        assert compact_if_scattered(lake)
        on_disk = list((tmp_path / FILES_NAME).rglob("*.parquet"))
        assert len(on_disk) == file_count(lake)
    assert value(tmp_path, "SELECT count(*) FROM articles") == 2 * MANY


@pytest.mark.usefixtures("inline")
def test_a_run_of_one_batch_compacts_too(tmp_path: Path) -> None:
    files = scatter(tmp_path / "data", FEW)
    assert files < LEAST < files + 12
    rows = write_jsonl(tmp_path / "rows.jsonl", articles(2))
    assert run(tmp_path / "data", rows, warehouse=EAGER).statuses == {"new": 2}
    with Lake(tmp_path / "data") as lake:
        assert file_count(lake) < LEAST / 2
    assert ingest_rows(tmp_path / "data", articles(2)).statuses == {"unchanged": 2}
    assert value(tmp_path / "data", "SELECT count(*) FROM articles") == FEW + 2
