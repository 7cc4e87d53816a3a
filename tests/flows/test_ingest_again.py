"""An ingest of what is known already changes nothing, and costs little."""

import subprocess
import sys
from pathlib import Path

import pytest
from news_texts import articles, copied
from support import ROOT, SEEDS, facts, query, run, statuses, write_jsonl

from newsloom.pool.process import WorkerProcess


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    given = articles(12)
    return write_jsonl(tmp_path / "rows.jsonl", [*given, copied(given[3], "again")])


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("batch_size", [500, 5])
def test_a_second_run_changes_no_fact_but_the_runs_own(
    tmp_path: Path, rows: Path, batch_size: int
) -> None:
    run(tmp_path / "data", rows, batch_size=batch_size)
    before = facts(tmp_path / "data", whole=True)
    assert all(before[name] for name in ("article_texts", "mentions", "copies", "story_edges"))
    report = run(tmp_path / "data", rows, batch_size=batch_size)
    assert statuses(tmp_path / "data", report.run_id) == {"unchanged": 13}
    assert facts(tmp_path / "data", whole=True) == before


@pytest.mark.usefixtures("inline")
def test_the_same_rows_in_another_file_are_known(tmp_path: Path, rows: Path) -> None:
    run(tmp_path / "data", rows)
    before = facts(tmp_path / "data", whole=True)
    (tmp_path / "moved.jsonl").write_bytes(rows.read_bytes())
    report = run(tmp_path / "data", tmp_path / "moved.jsonl")
    assert report.statuses == {"unchanged": 13}
    assert facts(tmp_path / "data", whole=True) == before


@pytest.mark.usefixtures("inline")
def test_an_input_named_twice_is_read_once(tmp_path: Path, rows: Path) -> None:
    report = run(tmp_path / "data", rows, rows.parent / "." / rows.name)
    assert report.statuses == {"new": 13}


def test_a_second_run_starts_no_worker(
    tmp_path: Path, rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        from support import InlinePool

        patched.setattr("flows.ingest.Pool", InlinePool)
        run(tmp_path / "data", rows)

    def refuse(self: WorkerProcess) -> None:
        raise AssertionError("a worker was started")

    monkeypatch.setattr(WorkerProcess, "__init__", refuse)
    assert run(tmp_path / "data", rows).statuses == {"unchanged": 13}


@pytest.mark.usefixtures("inline")
def test_a_second_run_imports_no_model(tmp_path: Path, rows: Path) -> None:
    run(tmp_path / "data", rows)
    program = (
        "import sys; sys.path.insert(0, 'tests'); from pathlib import Path\n"
        "from support import run\n"
        "assert run(Path(sys.argv[1]), sys.argv[2]).statuses == {'unchanged': 13}\n"
        "heavy = {'spacy', 'trafilatura', 'langdetect', 'wordfreq', 'prefect'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "data"), str(rows)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120)


@pytest.mark.usefixtures("inline")
def test_the_seeds_are_one_story_in_any_order_and_split(tmp_path: Path) -> None:
    first, second = SEEDS
    ways = {"there": [[first, second]], "back": [[second, first]], "one": [[first], [second]],
            "other": [[second], [first]], "folder": [[first.parent]]}  # fmt: skip
    seen = {}
    for name, runs in ways.items():
        for inputs in runs:
            run(tmp_path / name, *inputs)
        seen[name] = _public(tmp_path / name)
    reference = seen.pop("there")
    assert [row["article_count"] for row in reference["stories"]] == [2]
    for name, public in seen.items():
        assert public == reference, name


def _public(folder: Path) -> dict[str, list[dict[str, object]]]:
    """Return the rows of the public views about articles, but for runs and times of reading."""
    passing = ("run_id", "first_seen_at", "revised_at", "last_seen_at", "last_new_at")
    kept = f"COLUMNS(name -> name NOT IN {passing})"
    views = ("articles", "stories", "duplicates", "story_links", "mentions", "entities", "sources")
    return {view: query(folder, f"SELECT {kept} FROM {view} ORDER BY ALL") for view in views}
