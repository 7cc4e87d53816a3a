"""The measurement of the dashboard asks the real thing, and the made-up past is what it says."""

import json
import subprocess
import sys
from pathlib import Path

from support import ROOT, clean_environment

from benchmarks.dashboard import kind
from benchmarks.history import SMALL, make
from tests.warehouse.health_pasts import NOW  # a fixed moment


def test_the_short_run_measures_every_page(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.dashboard", "--short", "--json", "--warehouse",
         str(tmp_path / "past")],
        cwd=ROOT, env=clean_environment(), capture_output=True, text=True, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = {figure["name"]: figure for figure in json.loads(done.stdout)["figures"]}
    assert figures["/: median"]["value"] > 0
    assert figures["/: median"]["target"] == 300
    assert figures["peak memory"]["value"] > 50_000_000
    assert figures["plain DuckDB: stories"]["value"] > 0


def test_pages_of_one_making_count_together() -> None:
    assert kind("/") == "/"
    assert kind("/stories/s1?b=2&a=1") == kind("/stories/s2?a=7&b=0") == "/stories/…?a&b"
    assert kind("/chart/volume.svg") == "/chart/….svg"


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.dashboard", "--short", "--warehouse", str(tmp_path)],
        cwd=ROOT, env=clean_environment(), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "left alone" in done.stderr


def test_a_past_is_the_same_for_the_same_seed() -> None:
    one, other = make(SMALL, NOW), make(SMALL, NOW)
    assert one.keys() == other.keys()
    assert all(one[name].equals(other[name]) for name in one)
    assert one["item_events"].num_rows > 15_000
