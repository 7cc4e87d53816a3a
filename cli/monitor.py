"""newsloom monitor: examine the warehouse once, and tell what is to be told."""

from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from cli.output import (
    console,
    json_option,
    print_json,
    program,
    shown,
    warehouse_option,
    with_example,
)
from cli.running import settings_option
from flows.monitor import MonitorReport, monitor
from newsloom import settings as settings_
from tasks.alerts import Delivery
from warehouse.health import Health

_COLOURS = {"ok": "green", "warn": "yellow", "bad": "red", "opened": "red", "worsened": "red",
            "eased": "yellow", "recovered": "green"}  # fmt: skip
MOST_CHANGES = 20


@click.command("monitor")
@click.option("--dry-run", is_flag=True, help="Only show what would be told.")
@settings_option
@json_option
@warehouse_option
@with_example("newsloom monitor --dry-run")
def command(dry_run: bool, settings_file: Path | None, as_json: bool, warehouse: Path) -> int:
    """Examine the warehouse once, and tell what has changed since the last time.

    Under newsloom up this happens every five minutes; elsewhere, have cron call it. Exit code as
    of status: 0 ok, 1 wants a look, 2 bad.
    """
    settings = settings_.load(settings_file)
    report = monitor(warehouse, settings, dry_run=dry_run)
    if as_json:
        print_json(report.as_dict() | {"dry_run": dry_run})
    else:
        _print(console(), report, dry_run, bool(settings.health.notify))
    return report.status.rank if report.findings else Health.BAD.rank


def _print(out: Console, report: MonitorReport, dry_run: bool, anybody: bool) -> None:
    well = sum(finding.status is Health.OK for finding in report.findings)
    word = Text(report.status.value, style=f"bold {_COLOURS[report.status.value]}")
    out.print(Text.assemble(("Status  ", "bold"), word, f"  {well} of {len(report.findings)} ok"))
    if not report.findings:
        out.print("There is no such folder. Fill a warehouse with: newsloom ingest PATH")
    if not report.alone:
        out.print("Another pass is under way; it tells what is to be told.")
    for change in report.changes[:MOST_CHANGES]:
        incident = change.incident
        out.print(Text.assemble(
            (f"  {change.kind:<10}", _COLOURS[change.kind]), f"{incident.id}  ",
            (incident.title, "bold"), "  ",
            shown(incident.subject or incident.reason, max(out.width - 60, 30)),
        ))  # fmt: skip
    if len(report.changes) > MOST_CHANGES:
        out.print(f"  … and {len(report.changes) - MOST_CHANGES:,} more: {program()} alerts list")
    _print_told(out, report, dry_run, anybody)


def _print_told(out: Console, report: MonitorReport, dry_run: bool, anybody: bool) -> None:
    if dry_run:
        for outgoing in report.told:
            what = Text.assemble((outgoing.incidents[0].title, "bold"), f"  {outgoing.kind}")
            out.print(Text.assemble("  would be told: ", what))
        out.print("Nothing was told or noted (--dry-run).", style="dim")
    elif not anybody:
        out.print("Nobody is told: [health] notify names no address.", style="dim")
    elif not report.deliveries:
        out.print("Nothing to tell.", style="dim")
    print_deliveries(out, report.deliveries)
    if report.trouble:
        out.print(Text.assemble(("Trouble ", "yellow"), shown(report.trouble)))


def print_deliveries(out: Console, deliveries: list[Delivery]) -> None:
    """Print for each message and address whether it was taken."""
    for delivery in deliveries:
        word = ("  taken   ", "green") if delivery.taken else ("  failed  ", "red")
        out.print(Text.assemble(
            word, shown(delivery.address), "  ", shown(delivery.title),
            ("" if delivery.taken else f"\n          {shown(delivery.reason)}"),
        ))  # fmt: skip
