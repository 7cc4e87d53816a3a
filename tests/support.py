"""Helpers for tests that ingest: runs, and what a warehouse holds, in a form to compare."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from importlib import import_module
from pathlib import Path
from typing import Any

from flows.ingest import ingest
from flows.report import Report
from newsloom.settings import IngestSettings, Settings, WarehouseSettings
from warehouse.published import Published
from warehouse.schema import TABLES

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
COMMAND = [sys.executable, "-c", "from cli.main import main; main()"]

RUNS_OWN = ("run_events", "item_events")
"""The tables that every run writes to, whether or not it finds anything new."""
_PASSING = {
    "commit_id", "run_id", "item_id", "discovered_at", "seen_at", "happened_at", "rejected_at",
}  # fmt: skip

Rows = list[dict[str, Any]]
Contents = dict[str, list[str]]


class InlinePool:
    """The worker pool's interface, in this process and without a model loaded ahead."""

    size = 2

    def __init__(self, size: int) -> None:
        pass

    def __enter__(self) -> "InlinePool":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def warm(self, function: str) -> None:
        pass

    def submit(self, function: str, *args: Any, **options: object) -> Future[Any]:
        module, name = function.split(":")
        future: Future[Any] = Future()
        try:
            future.set_result(getattr(import_module(module), name)(*args))
        except Exception as error:
            future.set_exception(error)
        return future

    def map(self, function: str, jobs: Iterable[tuple[Any, ...]], **options: object) -> list[Any]:
        return [self.submit(function, *job).result() for job in jobs]


def write_jsonl(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def write_text(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def run(
    folder: Path, *inputs: Path | str, warehouse: WarehouseSettings | None = None, **limits: Any
) -> Report:
    """Ingest directly, in this process; `limits` are settings of the ingest."""
    settings = Settings(
        ingest=IngestSettings(**{"workers": 1, **limits}),
        warehouse=warehouse or WarehouseSettings(),
    )
    return ingest([str(given) for given in inputs], folder, settings)


def ingest_rows(folder: Path, rows: Sequence[dict[str, Any]], name: str = "rows.jsonl") -> Report:
    """Ingest rows from a file beside the warehouse."""
    return run(folder, write_jsonl(folder.parent / name, rows))


def cli(*arguments: Path | str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the `newsloom` command to its end, without an orchestrator."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=ROOT, env=clean_environment(**environment), capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip


def clean_environment(**more: str) -> dict[str, str]:
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("PREFECT_", "NEWSLOOM_"))}
    return {**kept, **more}


def query(folder: Path, sql: str) -> Rows:
    """Return the rows of a query over the published file."""
    with Published(folder) as news:
        rows: Rows = news.query(sql).to_pylist()
    return rows


def value(folder: Path, sql: str) -> Any:
    """Return the one value of a query over the published file."""
    (row,) = query(folder, sql)
    (only,) = row.values()
    return only


def facts(folder: Path, *, whole: bool = False) -> Contents:
    """Return the sorted contents of all fact tables but the runs' own.

    Without `whole`, columns that differ between two runs of the same input are left out.
    """
    with Published(folder) as news:
        return {
            table.name: sorted(
                repr(_stable(row, set() if whole else _PASSING))
                for row in news.query(f"FROM facts.{table.name}").to_pylist()
            )
            for table in TABLES
            if table.name not in RUNS_OWN
        }


def _stable(row: dict[str, Any], without: set[str]) -> list[tuple[str, Any]]:
    return sorted((name, value) for name, value in row.items() if name not in without)


def statuses(folder: Path, run_id: str) -> dict[str, int]:
    """Return the counts of a run's items by status, those that are not 0."""
    (row,) = query(folder, f"FROM runs WHERE run_id = '{run_id}'")
    counts = {name[6:]: row[name] for name in row if name.startswith("items_")}
    assert counts.pop("unaccounted") == 0
    assert counts.pop("found") == sum(counts.values())
    return {name: count for name, count in counts.items() if count}


def partition(folder: Path) -> set[frozenset[str]]:
    """Return the articles of each story, by the ids that their source gave them."""
    members = defaultdict(set)
    for row in query(folder, "SELECT story_id, external_id FROM articles"):
        members[row["story_id"]].add(row["external_id"])
    assert None not in members
    return {frozenset(ids) for ids in members.values()}


def copies(folder: Path) -> dict[str, str]:
    """Return which article copies which, by the ids that their source gave them."""
    rows = query(
        folder,
        "SELECT a.external_id AS copy, b.external_id AS original "
        "FROM articles AS a JOIN articles AS b ON a.duplicate_of = b.article_id",
    )
    return {row["copy"]: row["original"] for row in rows}
