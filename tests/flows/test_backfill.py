"""Backfill: goes on where it stopped, in the middle of a file too, and doubles nothing."""

import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from news_texts import articles
from support import COMMAND, ROOT, clean_environment, facts, query, statuses, value, write_jsonl
from support import write_text as write

from flows.backfill import FINISHED, backfill
from flows.report import Report
from newsloom.errors import UsageError
from newsloom.settings import IngestSettings, Settings
from warehouse.folder import PUBLISHED_NAME

FULL = bool(os.environ.get("NEWSLOOM_FULL_TESTS"))
ROWS = 400 if FULL else 40
KILLS = 6 if FULL else 2
BATCH = 10
DONE = "SELECT count(*) FROM facts.item_events"


def started(archive: Path, folder: Path) -> "subprocess.Popen[bytes]":
    """Start the command in a process of its own."""
    inline = "import flows.run, support; flows.run.Pool = support.InlinePool; "
    arguments = ["backfill", str(archive), "--warehouse", str(folder), "--direct", "--json"]
    return subprocess.Popen(
        [*COMMAND[:-1], inline + COMMAND[-1], *arguments],
        cwd=ROOT,
        env=clean_environment(
            NEWSLOOM_INGEST_BATCH_SIZE=str(BATCH), PYTHONPATH=os.pathsep.join(sys.path)
        ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def archive(folder: Path) -> Path:
    """Write files of different sizes, none of which fills whole batches; some break off."""
    given = articles(ROWS, seed=21)
    cuts = [0, ROWS // 2 + 3, ROWS // 2 + 4, ROWS // 2 + 11, ROWS]
    for number, (first, last) in enumerate(pairwise(cuts)):
        write_jsonl(folder / "years" / f"{number}.jsonl", given[first:last])
    with (folder / "years" / "1.jsonl").open("a") as file:
        file.write("{broken\n")
    return folder / "years"


@pytest.mark.usefixtures("inline")
@pytest.mark.timeout(900 if FULL else 400)
def test_a_killed_backfill_goes_on_where_it_stopped(tmp_path: Path) -> None:
    years = archive(tmp_path)
    folder, whole = tmp_path / "data", tmp_path / "whole"
    for kill in range(1, KILLS + 1):
        process = started(years, folder)
        try:
            wait_for_items(folder, kill * ROWS // (KILLS + 2))
        finally:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    assert value(folder, DONE) < ROWS
    run(folder, years, batch_size=BATCH)
    run(whole, years, batch_size=BATCH)
    assert {n: f for n, f in facts(folder).items() if n != "backfill_marks"} == {
        n: f for n, f in facts(whole).items() if n != "backfill_marks"
    }
    # Every item was dealt with once, though three runs took part: what was done was not read again.
    assert value(folder, DONE) == value(whole, DONE) == ROWS + 1
    last = "SELECT uri, max(items_done) AS items, bool_or(finished) FROM facts.backfill_marks "
    assert query(folder, last + "GROUP BY uri ORDER BY uri") == query(
        whole, last + "GROUP BY uri ORDER BY uri"
    )


def wait_for_items(folder: Path, items: int) -> None:
    deadline = time.monotonic() + 120
    while not (folder / PUBLISHED_NAME).exists() or value(folder, DONE) < items:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def run(folder: Path, *inputs: Path, batch_size: int = 4, **options: Any) -> Report:
    settings = Settings(ingest=IngestSettings(workers=1, batch_size=batch_size))
    return backfill([str(path) for path in inputs], folder, settings, **options)


@pytest.mark.usefixtures("inline")
def test_finished_files_are_passed_over_until_they_change(tmp_path: Path) -> None:
    folder, years = tmp_path / "data", tmp_path / "years"
    given = articles(7, seed=3)
    for number in range(5):
        write(years / f"{number}.txt", given[number]["text"])
    write(years / "empty.txt", "")
    report = run(folder, years)
    assert statuses(folder, report.run_id) == {"new": 5, "rejected": 1}
    batches = f"SELECT count(*) FROM facts.run_events WHERE run_id = '{report.run_id}'"
    assert value(folder, batches) == 2 + 2  # small files share a commit
    write(years / "1.txt", given[5]["text"])
    write(years / "new.txt", given[6]["text"])
    report = run(folder, years, tmp_path / "absent")
    # What could not be read as a whole is tried again: nothing tells whether it was mended.
    assert statuses(folder, report.run_id) == {"new": 1, "revised": 1, "rejected": 2}
    assert dict(report.remarks) == {FINISHED: 4}
    report = run(folder, years, again=True)
    assert statuses(folder, report.run_id) == {"unchanged": 6, "rejected": 1}
    with pytest.raises(UsageError, match="standard input"):
        run(folder, Path("-"))
    assert value(folder, "SELECT sum(items_unaccounted) FROM runs") == 0
