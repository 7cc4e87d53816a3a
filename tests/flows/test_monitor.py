"""A pass of the monitor: it tells each incident once, to real addresses, and loses none."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from clocks import Simulated
from sinks import Hook, Mail, served
from support import COMMAND, ROOT, clean_environment

from flows.monitor import MonitorReport, monitor
from newsloom import clock
from newsloom.settings import HealthSettings, Settings, WarehouseSettings
from tasks.alerts import Delivery
from warehouse.commit import commit
from warehouse.incidents import Mute, Store, history, open_incidents
from warehouse.incidents.reading import FILE_NAME
from warehouse.lake import Lake
from warehouse.lock import writer_lock

FULL = "disk 2000000 1000000"
"""No disk has so much room: a finding that lasts as long as this limit is set."""
HOSTILE = "The *Daily*\x1b[31m <!channel> @everyone [here](http://x) `rm`\r\nSubject: x"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse in which a run has ended."""
    folder = tmp_path_factory.mktemp("made") / "data"
    with Lake(folder, WarehouseSettings()) as lake:
        looks(lake)
    return folder


@pytest.fixture
def folder(made: Path) -> Iterator[Path]:
    yield made
    for file in made.glob("alerts.*"):
        file.unlink()


@pytest.fixture
def hook() -> Iterator[Hook]:
    with served(Hook()) as running:
        yield running


def looks(lake: Lake, failing: int = 0) -> None:
    """Write a run whose looks at so many sources failed for the third time."""
    now = clock.now()
    names = [f"Source {n:03}" for n in range(failing - 1)] + [HOSTILE] * (failing > 0)
    address = [f"https://{n}.example/feed" for n in range(failing)]
    with commit(lake) as writing:
        event = {"run_id": "r1", "happened_at": now, "status": "completed", "items_found": 0}
        writing.append("run_events", pa.Table.from_pylist([event]))
        writing.append("source_settings", pa.table({
            "source": names, "address": address, "kind": ["feed"] * failing,
            "paused": [False] * failing,
        }))  # fmt: skip
        writing.append("polls", pa.table({
            "source": names, "address": address, "run_id": ["r1"] * failing,
            "polled_at": [now] * failing, "outcome": ["failed"] * failing,
            "reason": ["http_error"] * failing, "detail": [HOSTILE] * failing,
            "failures": [3] * failing, "interval_seconds": [600.0] * failing,
            "due_at": [now + timedelta(minutes=10)] * failing,
        }))  # fmt: skip


def settings(*addresses: str, limits: tuple[str, ...] = (FULL,), page: str = "") -> Settings:
    return Settings(health=HealthSettings(limits=limits, notify=addresses, page=page))


def full(folder: Path, *addresses: str) -> MonitorReport:
    return monitor(folder, settings(*addresses))


def fine(folder: Path, *addresses: str) -> MonitorReport:
    return monitor(folder, settings(*addresses, limits=()))


def test_an_incident_is_told_once_and_its_recovery_once(folder: Path, hook: Hook) -> None:
    report = full(folder, hook.address)
    full(folder, hook.address)
    assert report.status.rank == 2
    assert hook.titles == ["Newsloom bad: Disk left"]
    (incident,) = open_incidents(folder)
    body = hook.got[0]["message"]
    for part in ("GB free", "docs/runbook.md#disk", f"alerts ack {incident.id}", str(folder)):
        assert part in body
    assert hook.got[0]["type"] == "failure"
    fine(folder, hook.address)
    assert len(hook.got) == 1
    fine(folder, hook.address)
    fine(folder, hook.address)
    assert hook.titles[1:] == ["Newsloom ok again: Disk left"]
    assert "was bad from" in hook.got[1]["message"]
    assert open_incidents(folder) == []


def test_a_new_and_well_warehouse_alarms_nobody(folder: Path, tmp_path: Path, hook: Hook) -> None:
    assert fine(folder, hook.address).status.rank == 0
    assert fine(tmp_path / "nowhere", hook.address).findings == []
    assert fine(tmp_path, hook.address).status.rank == 0
    assert not (tmp_path / "nowhere").exists()
    assert hook.got == []


def test_a_hundred_sources_that_fail_at_once_are_one_message_in_plain_text(
    tmp_path: Path, hook: Hook
) -> None:
    with Lake(tmp_path, WarehouseSettings()) as lake:
        looks(lake, failing=100)
    monitor(tmp_path, settings(hook.address, limits=(), page="https://news.example/"))
    (told,) = [m for m in hook.got if "Failing sources" in m["title"]]
    assert told["title"] == "Newsloom bad: Failing sources (101)"
    body = told["message"]
    assert "Failing sources: bad since" in body  # all of them; each alone is a warning
    assert "and 81 more: newsloom alerts list" in body
    assert "Page: https://news.example/" in body
    assert not set(body) & set("@<>[]`*\x1b\r")
    assert len(open_incidents(tmp_path)) >= 101


def test_mail_arrives_as_plain_text_with_a_subject(folder: Path) -> None:
    with served(Mail()) as mail:
        report = full(folder, mail.address)
    assert [d.taken for d in report.deliveries] == [True]
    (letter,) = mail.got
    assert letter["Subject"] == "Newsloom bad: Disk left"
    assert letter["To"] == "desk@example.org"
    text = letter.get_body(("plain", "html")).get_content()
    assert "GB free" in text


# Delivery that fails


def test_what_no_address_took_is_tried_again_and_told_once(folder: Path, hook: Hook) -> None:
    hook.code = 503
    report = full(folder, hook.address)
    assert [d.taken for d in report.deliveries] == [False]
    (waiting,) = open_incidents(folder)
    assert waiting.told_at is None
    assert waiting.failed_since is not None
    hook.code = 200
    full(folder, hook.address)
    full(folder, hook.address)
    assert hook.titles == ["Newsloom bad: Disk left"]
    (told,) = open_incidents(folder)
    assert told.told_at is not None
    assert told.failed_since is None


def test_one_address_that_takes_it_is_enough(folder: Path, hook: Hook) -> None:
    dead = "json://user:s3cr3t-w0rd@127.0.0.1:1/t0ken"
    report = full(folder, dead, hook.address, "slack://AAAA/BBBB/CCCC", "nonsense://x")
    assert [d.taken for d in report.deliveries] == [False, True, False, False]
    assert [d.address for d in report.deliveries] == [
        "json://127.0.0.1", "json://127.0.0.1", "slack://…", "nonsense://…",
    ]  # fmt: skip
    full(folder, dead, hook.address)
    assert len(hook.got) == 1


def test_what_began_and_ended_while_no_address_worked_is_told_at_the_end(
    folder: Path, hook: Hook
) -> None:
    hook.code = 500
    full(folder, hook.address)
    fine(folder, hook.address)
    fine(folder, hook.address)
    hook.code = 200
    fine(folder, hook.address)
    fine(folder, hook.address)
    assert hook.titles == ["Newsloom ok again: Disk left"]
    assert "could not be delivered" in hook.got[0]["message"]


def test_secrets_are_in_no_file_and_no_report(
    folder: Path, hook: Hook, caplog: pytest.LogCaptureFixture
) -> None:
    port = hook.server_address[1]
    hook.code = 403
    notify = (f"json://ann:${{PASS}}@127.0.0.1:{port}/${{TOKEN}}", "json://x/${MISSING}")
    environ = {"PASS": "s3cr3t-w0rd", "TOKEN": "t0ken-of-ann"}
    report = monitor(folder, settings(*notify), environ=environ)
    assert hook.paths == ["/t0ken-of-ann"]
    assert report.deliveries[1] == Delivery(
        "Newsloom bad: Disk left", "json://…", False, "The variable MISSING is not set."
    )
    seen = str(report.as_dict()) + caplog.text
    for file in folder.glob("alerts.*"):
        seen += file.read_bytes().decode("utf-8", "replace")
    assert "s3cr3t" not in seen
    assert "t0ken" not in seen


KILLED = """
import os, signal, sys
from pathlib import Path
import tasks.alerts.post as post
from flows.monitor import monitor
from newsloom.settings import load

deliver = post.Post.deliver
def deliver_and_die(self, message):
    deliver(self, message)
    os.kill(os.getpid(), signal.SIGKILL)
post.Post.deliver = deliver_and_die
monitor(Path(sys.argv[1]), load())
"""


def test_a_pass_that_is_killed_before_it_notes_is_repeated_and_says_so(
    folder: Path, hook: Hook
) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder)], cwd=folder, timeout=60,
        env=clean_environment(NEWSLOOM_HEALTH_NOTIFY=hook.address, NEWSLOOM_HEALTH_LIMITS=FULL,
                              PYTHONPATH=str(ROOT)),
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL
    full(folder, hook.address)
    full(folder, hook.address)
    assert hook.titles == ["Newsloom bad: Disk left"] * 2
    assert "before" not in hook.got[0]["message"]
    assert "You may have had this before" in hook.got[1]["message"]
    assert len(history(folder)) == 1


# Knowing and muting


def test_an_acknowledged_incident_tells_only_that_it_got_worse_and_its_recovery(
    folder: Path, hook: Hook
) -> None:
    monitor(folder, settings(hook.address, limits=("disk 1000000 0",)))
    (incident,) = open_incidents(folder)
    with Store.of(folder) as store:
        store.acknowledge(incident.id, "ana", "", clock.now())
    monitor(folder, settings(hook.address, limits=("disk 1000000 0",)))
    full(folder, hook.address)
    full(folder, hook.address)
    fine(folder, hook.address)
    fine(folder, hook.address)
    assert hook.titles == [
        "Newsloom warn: Disk left", "Newsloom now bad: Disk left", "Newsloom ok again: Disk left",
    ]  # fmt: skip


def test_a_muted_check_tells_nothing_until_the_mute_is_over(folder: Path, hook: Hook) -> None:
    simulated = Simulated(clock.now())
    with clock.set_to(simulated):
        with Store.of(folder) as store:
            store.mute(Mute("disk", clock.now() + timedelta(hours=2)))
        full(folder, hook.address)
        simulated.forward(hours=1, minutes=59)
        full(folder, hook.address)
        assert hook.got == []
        simulated.forward(minutes=1)
        full(folder, hook.address)
        assert hook.titles == ["Newsloom bad: Disk left"]
        with Store.of(folder) as store:
            store.mute(Mute("*", clock.now() + timedelta(hours=2)))
        fine(folder, hook.address)
        fine(folder, hook.address)
        simulated.forward(hours=3)
        fine(folder, hook.address)
    assert len(hook.got) == 1


# Trouble all around


def test_a_locked_warehouse_is_no_obstacle(folder: Path, hook: Hook) -> None:
    with writer_lock(folder, 1):
        full(folder, hook.address)
    assert len(hook.got) == 1


def test_a_file_that_cannot_be_read_is_one_incident(made: Path, tmp_path: Path, hook: Hook) -> None:
    (tmp_path / "news.duckdb").write_text("not at all")
    report = fine(tmp_path, hook.address)
    assert report.status.rank == 2
    assert hook.titles == ["Newsloom bad: Reading the warehouse"]
    assert "cannot be read" in hook.got[0]["message"]
    (tmp_path / "news.duckdb").write_bytes((made / "news.duckdb").read_bytes())


def test_where_incidents_cannot_be_noted_the_message_says_so_and_is_sent_once(
    folder: Path, hook: Hook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (folder / FILE_NAME).mkdir()
    try:
        reports = [full(folder, hook.address) for _ in range(2)]
    finally:
        (folder / FILE_NAME).rmdir()
    assert len(hook.got) == 1
    assert "The incidents cannot be noted in" in hook.got[0]["message"]
    assert all("cannot be noted" in report.trouble for report in reports)


def test_a_slip_in_the_limits_is_told_and_silences_nothing(folder: Path, hook: Hook) -> None:
    wrong = settings(hook.address, limits=("dsik 1 2",))
    assert len(monitor(folder, wrong).findings) > 20
    assert hook.titles == ["Newsloom bad: Settings"]
    assert "'dsik' is no check" in hook.got[0]["message"]
    for _ in range(2):
        fine(folder, hook.address)
    assert open_incidents(folder) == []


def test_a_dry_run_changes_nothing(folder: Path, hook: Hook) -> None:
    report = monitor(folder, settings(hook.address), dry_run=True)
    assert [outgoing.check for outgoing in report.told] == ["disk"]
    assert hook.got == []
    assert list(folder.glob("alerts.*")) == []


def test_two_passes_at_once_tell_once(folder: Path, hook: Hook) -> None:
    environ = clean_environment(NEWSLOOM_HEALTH_NOTIFY=hook.address, NEWSLOOM_HEALTH_LIMITS=FULL)
    both = [
        subprocess.Popen(
            [*COMMAND, "monitor", "--warehouse", str(folder)], cwd=ROOT, env=environ,
            stdout=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [process.wait(60) for process in both] == [2, 2]
    assert len(hook.got) == 1


def test_a_direct_pass_imports_no_orchestrator(folder: Path) -> None:
    code = (
        "import sys; from cli.main import newsloom\n"
        "newsloom.main(sys.argv[1:], standalone_mode=False)\n"
        "print(sorted(m for m in ('prefect', 'apprise') if m in sys.modules))"
    )
    called = subprocess.run(
        [sys.executable, "-c", code, "monitor", "--warehouse", str(folder)], cwd=ROOT,
        env=clean_environment(), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert called.stdout.splitlines()[-1] == "[]", called.stderr
    assert (folder / FILE_NAME).exists()
