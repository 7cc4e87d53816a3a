"""An ingest of what is known already changes nothing, and costs little."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from news_texts import articles, copied
from support import ROOT, SEEDS, Contents, InlinePool, facts, query, run, statuses, write_jsonl

from newsloom.pool.process import WorkerProcess


class Known(NamedTuple):
    """A file of rows, the warehouse that has them, and what the warehouse held then."""

    rows: Path
    folder: Path
    contents: Contents


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    place = tmp_path_factory.mktemp("again")
    given = articles(12)
    rows = write_jsonl(place / "rows.jsonl", [*given, copied(given[3], "again")])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.run.Pool", InlinePool)
        run(place / "data", rows, batch_size=9)
    return Known(rows, place / "data", facts(place / "data", whole=True))


def test_a_second_run_changes_no_fact_but_the_runs_own_and_starts_no_worker(
    known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: WorkerProcess) -> None:
        raise AssertionError("a worker was started")

    monkeypatch.setattr(WorkerProcess, "__init__", refuse)
    assert all(known.contents[name] for name in ("article_texts", "copies", "story_edges"))
    report = run(known.folder, known.rows, known.rows.parent / "." / known.rows.name)
    assert statuses(known.folder, report.run_id) == {"unchanged": 13}
    assert facts(known.folder, whole=True) == known.contents


@pytest.mark.usefixtures("inline")
def test_the_same_rows_in_another_file_are_known(known: Known, tmp_path: Path) -> None:
    moved = tmp_path / "moved.jsonl"
    moved.write_bytes(known.rows.read_bytes())
    assert run(known.folder, moved).statuses == {"unchanged": 13}
    assert facts(known.folder, whole=True) == known.contents


def test_a_second_run_imports_no_model(known: Known) -> None:
    program = (
        "import sys; sys.path.insert(0, 'tests'); from pathlib import Path\n"
        "from support import run\n"
        "assert run(Path(sys.argv[1]), sys.argv[2]).statuses == {'unchanged': 13}\n"
        "heavy = {'spacy', 'trafilatura', 'langdetect', 'wordfreq', 'prefect'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    command = [sys.executable, "-c", program, str(known.folder), str(known.rows)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120)


@pytest.mark.usefixtures("inline")
def test_the_seeds_are_one_story_in_any_order_and_split(tmp_path: Path) -> None:
    first, second = SEEDS
    ways = {
        "there": [[first, second]],
        "back": [[second, first]],
        "one by one": [[second], [first]],
    }
    seen = {}
    for name, runs in ways.items():
        for inputs in runs:
            run(tmp_path / name, *inputs)
        seen[name] = _public(tmp_path / name)
    assert [row["article_count"] for row in seen["there"]["stories"]] == [2]
    assert seen["back"] == seen["there"]
    assert seen["one by one"] == seen["there"]


def _public(folder: Path) -> dict[str, list[dict[str, object]]]:
    """Return the rows of the public views about articles, but for runs and times of reading."""
    # An undated story began when it was read.
    passing = ("run_id", "first_seen_at", "revised_at", "last_seen_at", "last_new_at", "began_at")
    kept = f"COLUMNS(name -> name NOT IN {passing})"
    views = ("articles", "stories", "duplicates", "story_links", "mentions", "entities", "sources")
    return {view: query(folder, f"SELECT {kept} FROM {view} ORDER BY ALL") for view in views}
