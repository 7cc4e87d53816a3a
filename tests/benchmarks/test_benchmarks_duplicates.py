"""The measurement of copies runs, and the floors of their quality hold on a few texts."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from news_texts import articles
from support import ROOT, clean_environment

from benchmarks.duplicates import FLOORS, Figure, quality, table
from benchmarks.duplicates_stored import store
from benchmarks.duplicates_texts import Pair, write_texts

TEXTS = 300


@pytest.fixture
def bulk(tmp_path: Path) -> Path:
    lines = [json.dumps({"text": row["text"]}) for row in articles(400)]
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    return tmp_path


def _run(module: str, *arguments: Path | str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)],
        cwd=ROOT, env=clean_environment(), capture_output=True, text=True, timeout=280,
    )  # fmt: skip


def test_the_short_run_meets_the_floors_of_quality(bulk: Path) -> None:
    done = _run("duplicates", "--bulk", bulk, "--sizes", str(TEXTS), "--no-peers", "--no-stored",
                "--json")  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = {figure["name"]: figure for figure in json.loads(done.stdout)}
    assert figures[f"{TEXTS} texts, newsloom: precision"]["value"] >= FLOORS["precision"]
    assert figures[f"{TEXTS} texts, newsloom: recall"]["value"] >= FLOORS["recall"]
    assert figures[f"{TEXTS} texts, newsloom: processor"]["value"] > 0
    assert figures[f"{TEXTS} texts, newsloom: peak memory"]["value"] > 50


def test_new_texts_meet_stored_ones(bulk: Path) -> None:
    write_texts(bulk, 100, bulk / "all.parquet")
    texts = pq.read_table(bulk / "all.parquet")
    store(bulk / "lake", texts.slice(0, 60), 2_000)
    pq.write_table(texts.slice(60), bulk / "new.parquet")
    done = _run("duplicates_stored", bulk / "lake", bulk / "new.parquet", bulk / "result.json")
    assert done.returncode == 0, done.stderr
    assert json.loads((bulk / "result.json").read_text())["pairs"] > 20


def test_no_folder_of_news_is_said_clearly(tmp_path: Path) -> None:
    done = _run("duplicates", "--bulk", tmp_path / "absent")
    assert done.returncode == 2
    assert f"There is no *.jsonl.gz in {tmp_path / 'absent'}" in done.stderr


def test_the_same_news_give_the_same_texts(bulk: Path) -> None:
    first = write_texts(bulk, 80, bulk / "a.parquet")
    assert first == write_texts(bulk, 80, bulk / "b.parquet")
    assert pq.read_table(bulk / "a.parquet") == pq.read_table(bulk / "b.parquet")
    assert any(pair.jaccard >= 0.7 for pair in first)
    assert any(pair.jaccard < 0.7 for pair in first)


def test_quality_counts_pairs() -> None:
    texts = ["a b c d e f", "a b c d e f", "something else altogether and not at all alike"]
    families = [Pair(0, 1, 1.0, 1.0)]
    assert quality(texts, families, [("0", "1")]) == (1.0, 1.0)
    assert quality(texts, families, [("0", "1"), ("1", "2")]) == (0.5, 1.0)
    assert quality(texts, families, [("1", "2")]) == (0.0, 0.0)


def test_the_table_says_what_was_met() -> None:
    lines = table([Figure("recall", 0.9991, "", "at least 0.998", True)]).splitlines()
    assert lines[1].split() == ["recall", "0.9991", "at", "least", "0.998", "met"]
