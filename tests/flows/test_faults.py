"""What can go wrong, made to go wrong: each is seen by its check, on the page and in a message."""

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from clocks import Simulated
from support import COMMAND, ROOT, clean_environment, query, run, write_jsonl, write_text
from watching import watch
from website import Site, running

from benchmarks import history
from flows.poll import poll
from newsloom import clock
from newsloom.fetch import pace
from newsloom.settings import FetchSettings, IngestSettings, Settings
from newsloom.sources import Source
from warehouse.commit import commit
from warehouse.lake import Lake
from warehouse.publish import publish

pytestmark = pytest.mark.usefixtures("inline", "quick_entities")

SILENT, SAME, CHANGED = 0, 1, 2
"""The three hosts of the site, and what becomes of them."""
ARTICLES = 12
DAYS = 4


@pytest.fixture
def quick_entities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the English tagger out: faults are not about entities."""
    monkeypatch.setattr("tasks.tag.untagged_contents", lambda *given: set())


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running(hosts=3, articles=ARTICLES) as started:
        yield started


@pytest.fixture(scope="module")
def sources(site: Site) -> list[Source]:
    return [Source(f"gazette-{host}", site.url("/feed.rss", host)) for host in range(3)]


@pytest.fixture(scope="module")
def past(sources: list[Source]) -> history.Facts:
    """Return a healthy past of twelve sources, of which the busiest three are at the site.

    Of these three the last four days are still to come.
    """
    now = history.present()
    facts = history.make(history.SMALL, now)
    busy = pc.value_counts(facts["article_revisions"]["source"]).to_pylist()
    names = [found["values"] for found in sorted(busy, key=lambda found: -found["counts"])]
    theirs = dict(zip(names, sources, strict=False))
    moments = {"item_events": "seen_at", "article_revisions": "seen_at", "polls": "polled_at"}
    for table, moment in moments.items():
        rows = facts[table]
        late = pc.greater(rows[moment], pa.scalar(now - timedelta(days=DAYS), pa.timestamp("us")))
        moved = pc.is_in(rows["source"], pa.array(theirs))
        facts[table] = _moved(rows.filter(pc.invert(pc.and_(late, moved))), theirs)
    facts["source_settings"] = _moved(facts["source_settings"], theirs)
    return facts


def _moved(rows: pa.Table, theirs: dict[str, Source]) -> pa.Table:
    """Give the rows of some sources the names and addresses that these have here."""
    whose = [theirs.get(name) for name in rows["source"].to_pylist()]
    for column in [name for name in ("source", "address") if name in rows.column_names]:
        attribute = "name" if column == "source" else "address"
        values = [
            getattr(source, attribute) if source else value
            for source, value in zip(whose, rows[column].to_pylist(), strict=True)
        ]
        place = rows.column_names.index(column)
        rows = rows.set_column(place, column, pa.array(values, pa.string()))
    return rows


@pytest.fixture(scope="module")
def healthy(past: history.Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("healthy") / "data"
    history.store(folder, past)
    return folder


@pytest.fixture
def folder(healthy: Path, tmp_path: Path) -> Path:
    """Return a copy of the healthy warehouse."""
    shutil.copytree(healthy, tmp_path / "data")
    with Lake(tmp_path / "data") as lake, lake.lock():
        publish(lake)
    return tmp_path / "data"


SETTINGS = Settings(
    ingest=IngestSettings(workers=1),
    fetch=FetchSettings(
        per_host_delay_seconds=0.0, retry_delay_seconds=0.0, allow_addresses=("127.0.0.0/8",)
    ),
)


def test_sources_fall_silent_repeat_themselves_and_change_their_pages(
    folder: Path, site: Site, sources: list[Source]
) -> None:
    site.mode(SILENT, feed_size="0")
    site.mode(CHANGED, template="hollow")
    start = history.present() - timedelta(days=DAYS)
    for days in range(DAYS):
        _poll(sources[: CHANGED if days < DAYS - 1 else CHANGED + 1], folder,
              start + timedelta(days=days, hours=23))  # fmt: skip
    silent, same, changed = (source.name for source in sources)
    seen = watch(folder)
    seen.says("silent_sources", "names nothing new", subject=silent)
    seen.says("silent_sources", "was the same at all", subject=same)
    seen.says("broken_sources", "no article was found", subject=changed)


def _poll(sources: list[Source], folder: Path, moment: datetime) -> None:
    pace._last.clear()
    with clock.set_to(Simulated(moment)):
        poll(sources, folder, SETTINGS, only=[source.name for source in sources])


def test_news_dwindles(tmp_path: Path) -> None:
    facts = history.make(history.SMALL, history.present())
    items = facts["item_events"]
    late = pc.greater(
        items["seen_at"],
        pa.scalar(history.present() - timedelta(hours=23), pa.timestamp("us")),
    )
    spared = pa.array(number % 8 == 0 for number in range(items.num_rows))
    facts["item_events"] = items.filter(pc.or_(pc.invert(late), spared))
    history.store(tmp_path / "data", facts)
    watch(tmp_path / "data").says("volume", "far fewer than the usual")


def test_a_run_hangs(folder: Path) -> None:
    entered, leave = threading.Event(), threading.Event()

    def hang() -> None:
        moment = Simulated(history.present() - timedelta(hours=9))
        with clock.set_to(moment):
            run(folder, write_jsonl(folder.parent / "one.jsonl", [{"text": "One text.", "id": 1}]))

    def stop(context: object) -> None:
        entered.set()
        leave.wait(60)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.batch.Batch.run", lambda batch, items: stop(items))
        thread = threading.Thread(target=hang)
        thread.start()
        assert entered.wait(60)
    with clock.set_to(clock.SystemClock()):
        run_id = query(folder, "SELECT run_id FROM runs WHERE status = 'running'")[0]["run_id"]
        watch(folder).says("stuck_runs", "no sign of life", subject=run_id)
    leave.set()
    thread.join()


def test_a_run_is_killed(folder: Path) -> None:
    rows = [{"id": n, "text": f"Text number {n} of very many. " * 20} for n in range(20_000)]
    file = write_jsonl(folder.parent / "many.jsonl", rows)
    command = [*COMMAND, "ingest", str(file), "--direct", "--warehouse", str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, env=clean_environment(), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    ) as process:  # fmt: skip
        while not (found := query(folder, "SELECT run_id FROM runs WHERE status = 'running'")):
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGKILL)
    watch(folder).says("killed_runs", "was killed", subject=found[0]["run_id"])


def test_the_disk_is_nearly_full(folder: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64m", "newsloom-test", str(small)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("A small disk can be made by root only, where the system lets it.")
    try:
        shutil.copytree(folder, small / "data")
        with Lake(small / "data") as lake, lake.lock():
            publish(lake)
        watch(small / "data").says("disk", "GB free")
    finally:
        subprocess.run(["umount", "--lazy", str(small)], check=True)


def test_a_story_swallows_the_others(folder: Path) -> None:
    with Lake(folder) as lake, commit(lake) as writing:
        members = lake.query("SELECT article_id, story_id FROM facts.live_members LIMIT 900")
        one = pa.array([members["story_id"][0].as_py()] * members.num_rows)
        writing.append("story_members", members.set_column(1, "story_id", one))
        writing.append("run_events", _event(writing.lake))
    watch(folder).says("largest_story", one[0].as_py())


def _event(lake: Lake) -> pa.Table:
    """Return an event of the last run: every commit has one."""
    return lake.query(
        "SELECT run_id, (SELECT moment FROM facts.present) AS happened_at, 'completed' AS status "
        "FROM facts.run_events ORDER BY commit_id DESC LIMIT 1"
    )


def test_a_clock_is_wrong(folder: Path) -> None:
    ahead = Simulated(history.present() + timedelta(hours=3))
    with clock.set_to(ahead):
        report = run(folder, write_text(folder.parent / "ahead.txt", "Tomorrow it will rain. " * 9))
    watch(folder).says("clock", report.run_id)
