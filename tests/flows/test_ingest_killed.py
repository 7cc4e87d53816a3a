"""An ingest that is killed at any instant loses nothing and doubles nothing when it is repeated.

Three instants by default; NEWSLOOM_FULL_TESTS=1 tries twenty.
"""

import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from news_texts import articles
from support import COMMAND, ROOT, clean_environment, facts, query, value, write_jsonl

from warehouse.folder import PUBLISHED_NAME
from warehouse.published import Published

FULL = bool(os.environ.get("NEWSLOOM_FULL_TESTS"))
INSTANTS = 20 if FULL else 3
WORKER_SECONDS = 30.0
"""How long a worker may take to end its job and see that its parent is gone."""
AGREE = """
    SELECT (SELECT count(*) FROM articles) = (SELECT count(*) FROM items WHERE status = 'new')
       AND (SELECT count(*) FROM articles) = (SELECT count(text) FROM articles)
       AND (SELECT count(*) FROM articles) = coalesce((SELECT sum(article_count) FROM stories), 0)
       AND NOT EXISTS (FROM mentions ANTI JOIN articles USING (article_id))
       AND NOT EXISTS (FROM duplicates AS d ANTI JOIN articles AS a ON a.article_id = d.original_id)
"""


class Reference:
    """An undisturbed run: what it leaves, and how long it takes from first commit to end."""

    def __init__(self, rows: Path, folder: Path) -> None:
        self.rows = rows
        process = started(rows, folder)
        wait_for_first_file(folder)
        began = time.monotonic()
        assert process.wait(120) == 0
        self.seconds = time.monotonic() - began
        self.contents = facts(folder)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    folder = tmp_path_factory.mktemp("undisturbed")
    return Reference(write_jsonl(folder / "rows.jsonl", articles(300)), folder / "data")


def started(
    rows: Path, folder: Path, *, cold: bool = True, compact_after_files: int = 400
) -> "subprocess.Popen[bytes]":
    """Start the ingest in a process group of its own.

    cold: do not load the model of another language ahead of its use, to save time.
    """
    program = "import tasks.tag; tasks.tag.warm = lambda context: None; " * cold
    arguments = ["ingest", str(rows), "--warehouse", str(folder), "--direct", "--json"]
    command = [*COMMAND[:-1], program + COMMAND[-1], *arguments]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=clean_environment(
            NEWSLOOM_INGEST_BATCH_SIZE="60",
            NEWSLOOM_WAREHOUSE_COMPACT_AFTER_FILES=str(compact_after_files),
        ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def wait_for_first_file(folder: Path) -> None:
    deadline = time.monotonic() + 60
    while not (folder / PUBLISHED_NAME).exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.timeout(1800 if FULL else 300)
@pytest.mark.parametrize("instant", range(INSTANTS))
def test_a_killed_ingest_goes_on_as_if_nothing_had_happened(
    tmp_path: Path, reference: Reference, instant: int
) -> None:
    folder = tmp_path / "data"
    # One draw from each part of the run, so that few instants still cover it.
    share = (instant + random.Random(instant).random()) / INSTANTS
    with watched(folder):
        workers = start_and_kill(reference, folder, instant, share)
        assert started(reference.rows, folder, compact_after_files=0).wait(120) == 0
    assert facts(folder) == reference.contents
    last = query(folder, "FROM runs ORDER BY started_at DESC LIMIT 1")[0]
    assert (last["items_found"], last["items_unaccounted"]) == (300, 0)
    assert psutil.wait_procs(workers, WORKER_SECONDS)[1] == []


def start_and_kill(
    reference: Reference, folder: Path, instant: int, share: float
) -> list[psutil.Process]:
    """Kill an ingest, its own process only, and return the workers that it had then."""
    killed = started(reference.rows, folder, cold=False, compact_after_files=0)
    try:
        if instant:
            wait_for_first_file(folder)
        time.sleep(share * reference.seconds)
        return psutil.Process(killed.pid).children(recursive=True)
    finally:
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()


@contextmanager
def watched(folder: Path) -> Iterator[None]:
    """Open the published file over and over in another thread: it is there, and it agrees."""
    ended = threading.Event()
    failures: list[BaseException] = []

    def look() -> None:
        there, latest = False, None
        while not ended.wait(0.1):
            try:
                there = there or (folder / PUBLISHED_NAME).exists()
                if there:
                    with Published(folder) as news:
                        found = news.connection.execute("FROM facts.published").fetchall()
                        if found != latest:
                            assert news.connection.execute(AGREE).fetchall() == [(True,)]
                        latest = found
            except BaseException as failure:
                failures.append(failure)
                return

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
    assert failures == []


@pytest.mark.timeout(300)
def test_two_ingests_at_once_of_overlapping_inputs_double_nothing(tmp_path: Path) -> None:
    given = articles(120, seed=9)
    parts = (given[:80], given[40:])
    files = [write_jsonl(tmp_path / f"{n}.jsonl", part) for n, part in enumerate(parts)]
    together = [started(file, tmp_path / "data") for file in files]
    assert [process.wait(120) for process in together] == [0, 0]
    whole = write_jsonl(tmp_path / "whole.jsonl", given)
    assert started(whole, tmp_path / "alone").wait(120) == 0
    # The parts have other paths, and came in another order: what they hold is the same.
    for sql in (
        "SELECT article_id, revision, title, text, duplicate_of FROM articles ORDER BY ALL",
        "SELECT content_id, count(*) FROM facts.signatures GROUP BY ALL ORDER BY ALL",
        "SELECT content_a, content_b, count(*) FROM facts.copy_pairs GROUP BY ALL ORDER BY ALL",
        "FROM duplicates ORDER BY ALL",
        "FROM mentions ORDER BY ALL",
        "FROM entities ORDER BY ALL",
        "SELECT article_a, article_b, score, same_story FROM story_links ORDER BY ALL",
        "SELECT list(article_id ORDER BY article_id) FROM articles GROUP BY story_id ORDER BY ALL",
    ):
        assert query(tmp_path / "data", sql) == query(tmp_path / "alone", sql), sql
    runs = query(tmp_path / "data", "SELECT status, items_found, items_unaccounted FROM runs")
    assert runs == [{"status": "completed", "items_found": 80, "items_unaccounted": 0}] * 2
    assert value(tmp_path / "data", "SELECT sum(items_new) FROM runs") == 120
