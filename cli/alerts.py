"""newsloom alerts: the incidents, who knows of them, and what is kept quiet."""

import getpass
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from cli.monitor import print_deliveries
from cli.output import (
    console,
    fitted,
    json_option,
    listing,
    print_json,
    program,
    shown,
    warehouse_option,
    whole_span,
    with_example,
)
from cli.running import settings_option
from cli.since import moment
from newsloom import clock
from newsloom import settings as settings_
from newsloom.errors import UsageError, WarehouseMissing
from tasks.alerts import Post, Sender, trial
from warehouse.health import CHECK
from warehouse.incidents import Incident, Mute, Store, history, mutes, open_incidents
from warehouse.incidents.incident import EVERYTHING

_COLOURS = {"warn": "yellow", "bad": "red"}
LONGEST_MUTE = timedelta(days=366)

note_option = click.option("--note", default="", metavar="TEXT", help="Why, for the others.")


@click.group("alerts")
def command() -> None:
    """List, acknowledge and mute incidents, and test whether alerts arrive.

    \b
    Example:
      newsloom alerts test
      newsloom alerts list
    """


@command.command("list")
@click.option("--all", "everything", is_flag=True, help="Those that have recovered, too.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, metavar="N",
              help="With --all: the newest so many.")  # fmt: skip
@json_option
@warehouse_option
@with_example("newsloom alerts list --all")
def list_(everything: bool, limit: int, as_json: bool, warehouse: Path) -> int:
    """List the open incidents, and what is muted."""
    found = history(warehouse, limit) if everything else open_incidents(warehouse)
    kept_quiet = mutes(warehouse)
    if as_json:
        print_json(
            {"incidents": [i.as_dict() for i in found], "mutes": [m.as_dict() for m in kept_quiet]}
        )
        return 0
    out = console()
    if found:
        _print_incidents(out, found)
    else:
        out.print(f"No {'incident yet' if everything else 'open incident'}.")
    for mute in kept_quiet:
        note = f": {mute.note}" if mute.note else ""
        out.print(Text.assemble(("Muted ", "dim"), shown(mute.what), " until ",
                                shown(mute.until), " UTC", shown(note)))  # fmt: skip
    return 0


def _print_incidents(out: Console, incidents: list[Incident]) -> None:
    columns: dict[str, dict[str, Any]] = {
        "INCIDENT": {"no_wrap": True}, "STATUS": {}, "CHECK": {"no_wrap": True}, "ABOUT": {},
        "SINCE": {"no_wrap": True}, "LASTED": {"justify": "right", "no_wrap": True},
        "TOLD": {"no_wrap": True},
    }  # fmt: skip
    rows = [
        (i.id, _status(i), i.check, i.subject or i.reason, i.began_at, _lasted(i), _told(i))
        for i in incidents
    ]
    out.print(listing(columns, fitted(rows, 3, out.width, columns)))


def _status(incident: Incident) -> Text:
    if incident.recovered_at:
        return Text("ok again", style="green")
    return Text(incident.status, style=_COLOURS[incident.status])


def _lasted(incident: Incident) -> str:
    until = incident.recovered_at or clock.now()
    return whole_span((until - incident.began_at).total_seconds())


def _told(incident: Incident) -> str:
    if incident.acknowledged_at:
        return f"known to {incident.acknowledged_by or 'somebody'}"
    return "yes" if incident.told_at else "failed" if incident.failed_since else "no"


@command.command("ack")
@click.argument("incident", metavar="ID")
@note_option
@json_option
@warehouse_option
@with_example("newsloom alerts ack n4f2 --note 'they are moving house'")
def ack(incident: str, note: str, as_json: bool, warehouse: Path) -> int:
    """Say that you know of an incident: until it recovers or gets worse, nothing more is told."""
    with _store(warehouse) as store:
        known = store.acknowledge(incident, _user(), note, clock.now())
    if as_json:
        print_json(known.as_dict())
    else:
        console().print(Text.assemble("Known: ", (known.title, "bold"), "  ",
                                      shown(known.subject or known.reason)))  # fmt: skip
    return 0


@command.command("mute")
@click.argument("what", metavar="CHECK[:SUBJECT]")
@click.option("--for", "length", required=True, metavar="TIME", help="How long: 90m, 2h, 7d or 2w.")
@note_option
@json_option
@warehouse_option
@with_example(
    "newsloom alerts mute disk --for 2h\n"
    "newsloom alerts mute 'failing_sources:Example Gazette' --for 7d\n"
    "newsloom alerts mute '*' --for 30m --note 'the server moves'"
)
def mute(what: str, length: str, note: str, as_json: bool, warehouse: Path) -> int:
    """Tell nothing of a check, of one of its subjects, or of anything (*), for a time."""
    _refuse_unknown(what)
    now = clock.now()
    until = now + (now - moment(length, now))
    if not now < until <= now + LONGEST_MUTE:
        raise UsageError(
            f"{length!r} is no time to mute for.",
            f"Write it as 90m, 2h, 7d or 2w, {LONGEST_MUTE.days} days at most.",
        )
    made = Mute(what, until, _user(), note or None)
    with _store(warehouse) as store:
        store.mute(made)
    if as_json:
        print_json(made.as_dict())
    else:
        console().print(Text.assemble("Muted ", (shown(what).plain, "bold"), " until ",
                                      shown(until), " UTC."))  # fmt: skip
        if not any(made.covers(incident, now) for incident in open_incidents(warehouse)):
            console().print("No incident of it is open now.", style="dim")
    return 0


@command.command("unmute")
@click.argument("what", metavar="CHECK[:SUBJECT]")
@json_option
@warehouse_option
@with_example("newsloom alerts unmute disk")
def unmute(what: str, as_json: bool, warehouse: Path) -> int:
    """Tell of it again. What is still not well is told at the next pass."""
    with _store(warehouse) as store:
        if not store.unmute(what):
            known = ", ".join(m.what for m in mutes(warehouse)) or "nothing"
            raise UsageError(f"{what!r} is not muted.", f"Muted: {known}.")
    if as_json:
        print_json({"unmuted": what})
    else:
        console().print(Text.assemble("Told again: ", (shown(what).plain, "bold")))
    return 0


@command.command("test")
@settings_option
@json_option
@warehouse_option
@with_example("newsloom alerts test")
def test(settings_file: Path | None, as_json: bool, warehouse: Path) -> int:
    """Send one message to every address. Exit code 1: not every one took it."""
    health = settings_.load(settings_file).health
    if not health.notify:
        raise UsageError(
            "[health] notify names no address.",
            'For example, in newsloom.toml: notify = ["mailtos://${MAIL_USER}:${MAIL_PASSWORD}'
            '@example.org?to=me@example.org"]',
        )
    sender = Sender(warehouse.absolute(), health.page)
    deliveries = Post(health.notify, os.environ).deliver(trial(sender, clock.now()))
    if as_json:
        print_json([delivery.as_dict() for delivery in deliveries])
    else:
        print_deliveries(console(), deliveries)
    return 0 if all(delivery.taken for delivery in deliveries) else 1


def _store(warehouse: Path) -> Store:
    if not warehouse.is_dir():
        raise WarehouseMissing(
            f"There is no warehouse in {warehouse} yet.",
            f"Fill one with: {program()} ingest PATH",
        )
    return Store.of(warehouse)


def _refuse_unknown(what: str) -> None:
    if what != EVERYTHING and what.partition(":")[0] not in CHECK:
        raise UsageError(
            f"{what.partition(':')[0]!r} is no check.", f"Checks: *, {', '.join(CHECK)}."
        )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
