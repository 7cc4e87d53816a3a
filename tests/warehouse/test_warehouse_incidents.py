"""Incidents: one from the first bad examination to the second good one, and never lost."""

import dataclasses
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from clocks import START, Simulated
from support import ROOT

from newsloom import clock
from newsloom.errors import UsageError
from warehouse.health import CHECK, Finding, Health, Limits, Subject
from warehouse.incidents import (
    Incident,
    Kind,
    Mute,
    Store,
    history,
    mutes,
    open_incidents,
    step,
    taken_in,
)
from warehouse.incidents.reading import FILE_NAME

OK, WARN, BAD = Health.OK, Health.WARN, Health.BAD
LIMITS = Limits(warn_at=1)


def finding(check: str = "disk", status: Health = BAD, *subjects: Subject) -> Finding:
    return Finding(CHECK[check], status, 1.0, LIMITS, f"{check} is {status}", START, subjects)


def source(name: str, status: Health = BAD) -> Subject:
    return Subject(name, status, 3.0, START, f"{name} does not answer")


def blind(check: str) -> Finding:
    return Finding(CHECK[check], BAD, None, Limits(), "Could not be checked: locked")


class Passes:
    """Examinations one after another."""

    def __init__(self) -> None:
        self.open: list[Incident] = []
        self.now = START

    def see(self, *findings: Finding) -> list[tuple[Kind, str]]:
        self.now += timedelta(minutes=5)
        made = step(self.open, findings, self.now)
        self.open = [i for i in made.incidents if i.recovered_at is None]
        return [(change.kind, change.incident.subject) for change in made.changes]


def test_an_incident_opens_once_and_recovers_after_two_good_passes() -> None:
    passes = Passes()
    assert passes.see(finding()) == [(Kind.OPENED, "")]
    assert passes.see(finding()) == []
    assert passes.see(finding(status=OK)) == []
    assert passes.see(finding(status=OK)) == [(Kind.RECOVERED, "")]
    assert passes.open == []


def test_what_is_well_now_and_then_has_not_recovered() -> None:
    passes = Passes()
    passes.see(finding())
    for status in (OK, BAD, OK, BAD, OK):
        assert passes.see(finding(status=status)) == []
    assert len(passes.open) == 1


def test_it_worsens_and_eases() -> None:
    passes = Passes()
    passes.see(finding(status=WARN))
    assert passes.see(finding(status=BAD)) == [(Kind.WORSENED, "")]
    assert passes.see(finding(status=WARN)) == [(Kind.EASED, "")]


def test_subjects_are_incidents_of_their_own_and_only_those_not_well() -> None:
    passes = Passes()
    both = (source("Bugle"), source("Courier", WARN), source("Gazette", OK))
    assert passes.see(finding("failing_sources", BAD, *both)) == [
        (Kind.OPENED, "Bugle"), (Kind.OPENED, "Courier"),
    ]  # fmt: skip
    for _ in range(2):
        changes = passes.see(finding("failing_sources", WARN, source("Courier", WARN)))
    assert changes == [(Kind.RECOVERED, "Bugle")]


def test_a_check_as_a_whole_does_not_recover_while_its_subjects_are_bad() -> None:
    passes = Passes()
    passes.see(finding("late_sources"))
    for _ in range(3):
        changes = passes.see(finding("late_sources", WARN, source("Bugle", WARN)))
    assert changes == []
    assert {(i.subject, i.status) for i in passes.open} == {("", WARN), ("Bugle", WARN)}


def test_a_check_that_is_worse_than_each_of_its_subjects_is_an_incident_too() -> None:
    passes = Passes()
    many = [source(name, WARN) for name in "abc"]
    assert passes.see(finding("failing_sources", WARN, *many[:2])) == [
        (Kind.OPENED, "a"), (Kind.OPENED, "b"),
    ]  # fmt: skip
    assert passes.see(finding("failing_sources", BAD, *many)) == [
        (Kind.OPENED, ""), (Kind.OPENED, "c"),
    ]  # fmt: skip


def test_what_cannot_be_checked_has_not_recovered() -> None:
    passes = Passes()
    passes.see(finding("failing_sources", BAD, source("Bugle")))
    unreadable = finding("readable")
    assert passes.see(unreadable, blind("failing_sources"), blind("volume")) == [
        (Kind.OPENED, "")
    ]  # one fault, not one for each check that it blinds
    passes.see(unreadable, blind("failing_sources"))
    assert {i.check for i in passes.open} == {"readable", "failing_sources"}
    assert passes.see(finding("readable", OK), blind("volume")) == [(Kind.OPENED, "")]


def test_the_beginning_stays_though_the_window_of_a_check_moves() -> None:
    passes = Passes()
    passes.see(finding())
    passes.see(dataclasses.replace(finding(), since=START + timedelta(hours=1)))
    assert passes.open[0].since == START


# The file


def take(folder: Path, *findings: Finding, now: datetime = START) -> list[Incident]:
    with taken_in(folder, findings, now) as (_, made, trouble):
        assert trouble == ""
    return list(made.incidents)


def test_nothing_is_read_where_there_is_nothing(tmp_path: Path) -> None:
    assert (open_incidents(tmp_path), history(tmp_path), mutes(tmp_path)) == ([], [], [])
    assert list(tmp_path.iterdir()) == []


def test_incidents_come_back_as_they_went(tmp_path: Path) -> None:
    (made,) = take(tmp_path, finding("failing_sources", BAD, source("Zürich «今»\n'x'")))
    assert open_incidents(tmp_path) == [made] == history(tmp_path)
    assert len(made.id) == 9


def test_acknowledging_takes_the_start_of_an_id(tmp_path: Path) -> None:
    one, two = take(tmp_path, finding("disk"), finding("clock"))
    with Store.of(tmp_path) as store:
        known = store.acknowledge(one.id[:6], "ana", "on it", START)
        assert (known.acknowledged_by, known.acknowledged_note) == ("ana", "on it")
        with pytest.raises(UsageError, match="No open incident"):
            store.acknowledge("zzz", "ana", "", START)
        with pytest.raises(UsageError, match=f"several.*{two.id}"):
            store.acknowledge("n", "ana", "", START)
    # An examination that goes on meanwhile does not undo it.
    take(tmp_path, finding("disk"), finding("clock"), now=START + timedelta(minutes=5))
    assert {i.acknowledged_by for i in open_incidents(tmp_path)} == {"ana", None}


def test_a_mute_ends_by_itself(tmp_path: Path) -> None:
    with clock.set_to(Simulated()) as _, Store.of(tmp_path) as store:
        store.mute(Mute("disk", START + timedelta(hours=2), "ana", "moving"))
        assert [m.what for m in mutes(tmp_path)] == ["disk"]
        assert store.unmute("disk")
        assert not store.unmute("disk")
        store.mute(Mute("disk", START + timedelta(hours=2)))
    later = Simulated(START + timedelta(hours=2))
    with clock.set_to(later):
        assert mutes(tmp_path) == []


def test_a_file_that_is_no_database_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database at all, but long enough for one" * 100)
    assert open_incidents(tmp_path) == []
    assert len(take(tmp_path, finding())) == 1
    assert len(open_incidents(tmp_path)) == 1
    assert (tmp_path / "alerts.damaged").exists()


def test_old_incidents_are_forgotten(tmp_path: Path) -> None:
    take(tmp_path, finding())
    for minutes in (5, 10):
        take(tmp_path, finding(status=OK), now=START + timedelta(minutes=minutes))
    assert len(history(tmp_path)) == 1
    take(tmp_path, now=START + timedelta(days=91))
    assert history(tmp_path) == []


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    take(tmp_path, finding())
    writer = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM incidents")
    try:
        assert len(open_incidents(tmp_path)) == 1
    finally:
        writer.close()


# Trouble


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of the test's own."""
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    return tmp_path / "scratch"


def test_where_the_file_cannot_be_written_incidents_are_kept_elsewhere(
    tmp_path: Path, scratch: Path
) -> None:
    folder = tmp_path / "data"
    (folder / FILE_NAME / "in the way of even root").mkdir(parents=True)
    for minutes in (5, 10):
        now = START + timedelta(minutes=minutes)
        with taken_in(folder, [finding(), finding("clock")], now) as (_, made, trouble):
            assert str(folder / FILE_NAME) in trouble
    assert made.changes == ()  # known from the pass before: not opened at every pass
    (folder / FILE_NAME / "in the way of even root").rmdir()
    (folder / FILE_NAME).rmdir()
    take(folder, finding(), finding("clock"), now=START + timedelta(minutes=15))
    assert {i.id for i in open_incidents(folder)} == {i.id for i in made.incidents}
    assert not list(scratch.glob("*/*.sqlite"))


def test_a_folder_of_somebody_else_is_not_trusted(tmp_path: Path, scratch: Path) -> None:
    (scratch / "elsewhere").mkdir()
    (scratch / f"newsloom-{os.getuid()}").symlink_to(scratch / "elsewhere")
    (tmp_path / "data" / FILE_NAME / "x").mkdir(parents=True)
    with taken_in(tmp_path / "data", [finding()], START) as (store, made, trouble):
        assert store.file is None
        assert len(made.changes) == 1
        assert trouble
    assert list((scratch / "elsewhere").iterdir()) == []


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, "tests/warehouse")
from test_warehouse_incidents import BAD, START, finding, source, taken_in
folder, size = Path(sys.argv[1]), (Path(sys.argv[1]) / "alerts.sqlite").stat().st_size
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
many = finding("failing_sources", BAD, *(source(f"Source {n}") for n in range(100)))
with taken_in(folder, [many], START) as (store, made, trouble):
    print(store.file == folder / "alerts.sqlite", len(made.changes), trouble)
"""


def test_a_disk_without_room_takes_a_hundred_incidents_all_the_same(tmp_path: Path) -> None:
    """No file can grow: what was set apart when the file was made must do."""
    take(tmp_path, finding())
    size = (tmp_path / FILE_NAME).stat().st_size
    called = python(FULL_DISK, tmp_path)
    assert called.stdout.strip() == "True 100"
    assert (tmp_path / FILE_NAME).stat().st_size == size
    assert len(open_incidents(tmp_path)) == 101


AT_ONCE = """
import sys
from datetime import timedelta
from pathlib import Path
sys.path.insert(0, "tests/warehouse")
from test_warehouse_incidents import BAD, START, finding, source, take
for n in range(20):
    now = START + timedelta(minutes=n)
    take(Path(sys.argv[1]), finding("failing_sources", BAD, *map(source, "abc")), now=now)
"""


def test_where_nothing_can_be_written_at_all_what_is_known_is_still_known(tmp_path: Path) -> None:
    (known,) = take(tmp_path, finding())
    called = python(FULL_DISK.replace("(size, size)", "(100, 100)").replace("many]", "finding()]"),
                    tmp_path)  # fmt: skip
    assert called.stdout.startswith("False 0 The incidents cannot be noted in")
    assert open_incidents(tmp_path) == [known]


def test_two_processes_at_once_open_each_incident_once(tmp_path: Path) -> None:
    both = [
        subprocess.Popen(
            [sys.executable, "-c", AT_ONCE, str(tmp_path)], cwd=ROOT, env=environment(),
            stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    said = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sorted(i.subject for i in history(tmp_path)) == ["a", "b", "c"]


def python(code: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    called = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, env=environment(),
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert called.returncode == 0, called.stderr
    return called


def environment() -> dict[str, str]:
    paths: Iterable[Path] = (ROOT, ROOT / "tests")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
