"""The measurement of start, repeat and streaming runs, and says what it measured."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT, clean_environment

from benchmarks import processes, rows
from benchmarks.start import Figure, table


def _start(*arguments: Path | str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.start", *map(str, arguments)],
        cwd=ROOT, env=clean_environment(), capture_output=True, text=True, timeout=280,
    )  # fmt: skip


def test_the_short_run_measures_everything(tmp_path: Path) -> None:
    done = _start("--short", "--rows", "30", "--json", "--bulk", tmp_path / "absent.jsonl.gz")
    assert done.returncode == 0, done.stderr
    assert "absent.jsonl.gz: made-up text is streamed instead" in done.stderr
    figures = {figure["name"]: figure for figure in json.loads(done.stdout)["figures"]}
    assert figures["streaming: rows"]["value"] == 30
    assert figures["streaming: items without a status"]["met"]
    for name in ("first ingest of seeds/", "repeat, nothing new", "streaming"):
        assert figures[f"{name}: wall"]["value"] > 0
        assert figures[f"{name}: processor"]["value"] > 0
        assert figures[f"{name}: peak memory"]["value"] > 50_000_000
    assert figures["first ingest of seeds/: wall"]["target"] == 6
    assert figures["repeat, nothing new: wall"]["target"] == 3


def test_a_process_tree_is_measured() -> None:
    child = "x = bytearray(60_000_000); import time; time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{child}'])"
    measured = processes.run([sys.executable, "-c", parent], clean_environment())
    assert measured.exit_code == 0
    assert measured.wall_seconds > 1
    assert 60_000_000 < measured.peak_bytes < 400_000_000


def test_made_up_rows_are_the_same_each_time(tmp_path: Path) -> None:
    assert rows.write_rows(tmp_path / "a", 40, None) == 40
    rows.write_rows(tmp_path / "b", 40, None)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    made = [json.loads(line) for line in (tmp_path / "a").read_text().splitlines()]
    assert len({row["id"] for row in made}) == 40


def test_real_rows_are_as_many_as_there_are(tmp_path: Path) -> None:
    bulk = tmp_path / "bulk.jsonl.gz"
    bulk.write_bytes(gzip.compress(b'{"id": "1"}\n{"id": "2"}\n'))
    assert rows.write_rows(tmp_path / "all", 10, bulk) == 2
    assert rows.write_rows(tmp_path / "one", 1, bulk) == 1
    assert (tmp_path / "one").read_text() == '{"id": "1"}\n'


@pytest.mark.parametrize(
    ("figure", "line"),
    [
        (Figure("wall", 2.04, "s", 3.0, True), "wall         2.0 s  at most 3.0 s  met"),
        (Figure("wall", 4.0, "s", 3.0, False), "wall         4.0 s  at most 3.0 s  not met"),
        (Figure("memory", 1.5e9, "B"), "memory     1.50 GB"),
        (Figure("rows", 20000, ""), "rows        20,000"),
    ],
)
def test_the_table_says_what_was_met(figure: Figure, line: str) -> None:
    other = Figure("memory", 186e6, "B", 3e9, True)
    first, *others = table([figure, other]).splitlines()
    assert first.split() == ["FIGURE", "MEASURED", "TARGET"]
    assert others[0].split() == line.split()
