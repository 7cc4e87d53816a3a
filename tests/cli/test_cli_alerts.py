"""newsloom monitor and newsloom alerts."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from clicalls import call, refused
from sinks import Hook, served

FULL = "disk 2000000 1000000"


@pytest.fixture
def folder(seeded: Path, tmp_path: Path) -> Path:
    shutil.copytree(seeded, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def hook() -> Iterator[Hook]:
    with served(Hook()) as running:
        yield running


def test_a_pass_tells_and_prints_what_it_told(folder: Path, hook: Hook) -> None:
    def passed(*options: str, limits: str = FULL) -> str:
        called = call("monitor", "--warehouse", folder, *options, NEWSLOOM_HEALTH_LIMITS=limits,
                      NEWSLOOM_HEALTH_NOTIFY=f"{hook.address},json://127.0.0.1:1/")  # fmt: skip
        assert called.code == (2 if limits else 0), called
        return called.out

    assert "would be told: Disk left  opened" in passed("--dry-run")
    said = passed()
    assert "opened" in said
    assert "taken   json://127.0.0.1  Newsloom bad: Disk left" in said
    assert "failed  json://127.0.0.1" in said
    assert "Nothing to tell." in passed()
    assert json.loads(passed("--json"))["status"] == "bad"
    passed(limits="")
    assert "Newsloom ok again: Disk left" in passed(limits="")


def test_without_addresses_it_says_that_nobody_is_told(folder: Path) -> None:
    called = call("monitor", "--warehouse", folder)
    assert called.code == 0
    assert "Nobody is told: [health] notify names no address." in called.out


def test_before_anything_was_ingested_all_is_well(tmp_path: Path) -> None:
    assert call("monitor", "--warehouse", tmp_path).code == 0


def test_a_folder_that_is_not_there_is_bad(tmp_path: Path) -> None:
    called = call("monitor", "--warehouse", tmp_path / "none")
    assert called.code == 2
    assert "There is no such folder" in called.out


def test_incidents_are_listed_acknowledged_and_muted(folder: Path) -> None:
    where = ("--warehouse", folder)
    assert "No open incident." in call("alerts", "list", *where).out
    call("monitor", *where, NEWSLOOM_HEALTH_LIMITS=FULL)
    listed = json.loads(call("alerts", "list", "--json", *where).out)
    (incident,) = listed["incidents"]
    assert incident["check"] == "disk"
    assert incident["id"] in call("alerts", "list", *where).out
    known = call("alerts", "ack", incident["id"][:5], "--note", "more is ordered", *where)
    assert known.out.startswith("Known: Disk left")
    assert "known to" in call("alerts", "list", *where).out
    muted = call("alerts", "mute", "disk", "--for", "2h", "--note", "moving", *where)
    assert muted.out.startswith("Muted disk until")
    assert "No incident of it is open" not in muted.out
    assert "Muted disk until" in call("alerts", "list", *where).out
    assert call("alerts", "unmute", "disk", *where).out == "Told again: disk\n"
    refused(call("alerts", "unmute", "disk", *where))
    in_vain = call("alerts", "mute", "failing_sources:Exmaple", "--for", "2h", *where)
    assert "No incident of it is open now" in in_vain.out
    for _ in range(2):
        call("monitor", *where)
    assert "No open incident." in call("alerts", "list", *where).out
    assert "ok again" in call("alerts", "list", "--all", *where, columns=120).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ack", "zzz"), "No open incident has the id 'zzz'"),
        (("mute", "dsik", "--for", "2h"), "'dsik' is no check"),
        (("mute", "disk", "--for", "soon"), "'soon' is neither"),
        (("mute", "disk", "--for", "0m"), "'0m' is no time to mute for"),
        (("mute", "disk", "--for", "99w"), "'99w' is no time to mute for"),
        (("mute", "disk", "--for", "2020-01-01T00:00"), "is no time to mute for"),
        (("test",), "notify names no address"),
    ],
)
def test_mistakes_are_told(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(call("alerts", *arguments, "--warehouse", folder))


def test_a_warehouse_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    said = refused(call("alerts", "mute", "*", "--for", "2h", "--warehouse", tmp_path / "none"))
    assert "There is no warehouse" in said
    assert not (tmp_path / "none").exists()


def test_the_trial_says_for_each_address_whether_it_was_taken(folder: Path, hook: Hook) -> None:
    def tried(*addresses: str) -> tuple[int, str]:
        called = call("alerts", "test", "--warehouse", folder, HOOK_WORD="hush-hush",
                      NEWSLOOM_HEALTH_NOTIFY=",".join(addresses))  # fmt: skip
        return called.code, called.out

    address = hook.address.replace("//", "//ann:${HOOK_WORD}@")
    assert tried(address)[0] == 0
    code, said = tried(address, "json://${NOBODY}/")
    assert code == 1
    assert "The variable NOBODY is not set." in said
    assert "hush" not in said
    assert hook.titles == ["Newsloom test: alerts arrive here"] * 2
