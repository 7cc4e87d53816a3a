"""What stops a whole run is one sentence and the next step, never a traceback."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lake_helpers import make
from support import cli, value, write_text

from newsloom.errors import WarehouseBusy, WarehouseError, WarehouseTooNew
from newsloom.settings import WarehouseSettings
from warehouse import lock
from warehouse.folder import CATALOG_NAME
from warehouse.lake import Lake
from warehouse.lock import writer_lock


@pytest.fixture
def article(tmp_path: Path) -> Path:
    return write_text(tmp_path / "a.txt", "El puente nuevo se abrirá al tráfico en otoño.")


def refused(done: "subprocess.CompletedProcess[str]") -> str:
    """Check that the command ended with 2, a message and a hint, and return them."""
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) >= 2
    return done.stderr


def test_a_warehouse_that_cannot_be_made(tmp_path: Path, article: Path) -> None:
    place = article / "data"
    with pytest.raises(WarehouseError) as caught:
        Lake(place)
    assert "--warehouse" in caught.value.hint
    assert "cannot be made" in refused(cli("ingest", article, "--warehouse", place, "--direct"))


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied")

    make(tmp_path, "a")
    monkeypatch.setattr(lock.FileLock, "acquire", refuse)
    with pytest.raises(WarehouseError, match="Permission denied") as caught:
        Lake(tmp_path)
    assert "--warehouse" in caught.value.hint


def test_a_warehouse_of_a_newer_schema(tmp_path: Path, article: Path) -> None:
    make(tmp_path / "data", "a")
    with Lake(tmp_path / "data") as lake:
        lake.connection.execute("UPDATE lake.schema_versions SET version = 99")
    with pytest.raises(WarehouseTooNew) as caught:
        Lake(tmp_path / "data")
    assert "Update Newsloom" in caught.value.hint
    said = refused(cli("ingest", article, "--warehouse", tmp_path / "data", "--direct"))
    assert "schema 99" in said
    # What was published stays readable.
    assert value(tmp_path / "data", "SELECT count(*) FROM articles") == 1


@pytest.mark.parametrize("content", [b"no database" * 1000, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_corrupt_catalog(tmp_path: Path, content: bytes) -> None:
    make(tmp_path / "data", "a")
    (tmp_path / "data" / CATALOG_NAME).write_bytes(content)
    with pytest.raises(WarehouseError, match="cannot be opened") as caught:
        Lake(tmp_path / "data")
    assert "backup" in caught.value.hint
    assert value(tmp_path / "data", "SELECT count(*) FROM articles") == 1


def test_a_corrupt_catalog_ends_the_command_with_2(tmp_path: Path, article: Path) -> None:
    place = tmp_path / "data"
    write_text(place / CATALOG_NAME, "no database" * 1000)
    assert "cannot be opened" in refused(cli("ingest", article, "--warehouse", place, "--direct"))


def test_a_busy_warehouse(tmp_path: Path, article: Path) -> None:
    place = tmp_path / "data"
    place.mkdir()
    with held(place):
        with pytest.raises(WarehouseBusy) as caught:
            Lake(place, WarehouseSettings(lock_wait_seconds=0.2))
        assert "newsloom status" in caught.value.hint
        done = cli(
            "ingest", article, "--warehouse", place, "--direct",
            NEWSLOOM_WAREHOUSE_LOCK_WAIT_SECONDS="0.2",
        )  # fmt: skip
        assert "has been writing" in refused(done)
    make(place, "a")


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the warehouse's lock, as a writer in another process would."""
    with writer_lock(folder, 1):
        yield


def test_a_setting_that_duckdb_cannot_take(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="cannot be opened"):
        Lake(tmp_path, WarehouseSettings(memory_limit="plenty"))


def test_a_file_that_cannot_be_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    make(tmp_path, "a")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        with pytest.raises(WarehouseError, match="could not be published") as caught:
            make(tmp_path, "b")
    assert "next run" in caught.value.hint
    assert value(tmp_path, "SELECT count(*) FROM articles") == 1
    make(tmp_path, "c")
    assert value(tmp_path, "SELECT count(*) FROM articles") == 3
