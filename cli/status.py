"""newsloom status: whether the ingest is healthy."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from cli.output import (
    console,
    fitted,
    grid,
    json_option,
    listing,
    print_json,
    shown,
    span,
    warehouse_option,
    with_example,
)  # fmt: skip
from newsloom import settings as settings_
from newsloom.alive import running_api
from warehouse.digest import Digest
from warehouse.health import Health, examine, read_limits, unit_of
from warehouse.published import Published

_COLOURS = {"ok": "green", "warn": "yellow", "bad": "red"}
MOST_RUNS = 5
MOST_SUBJECTS = 5


@click.command("status")
@json_option
@warehouse_option
@with_example("newsloom status || echo 'have a look'")
def command(as_json: bool, warehouse: Path) -> int:
    """Show whether the ingest is healthy. Exit code 0: ok. 1: wants a look. 2: bad."""
    limits = read_limits(settings_.load().health.limits)
    with Digest(Published(warehouse)) as news:
        findings = examine(news, warehouse, limits)
        state: dict[str, Any] = {
            "status": max((f.status for f in findings), key=lambda health: health.rank),
            "totals": news.rows("status_totals")[0],
            "checks": [finding.as_dict() for finding in findings],
            "runs": news.rows("recent_runs", most=MOST_RUNS),
            "rejects": news.rows("reject_reasons"),
            "orchestrator": running_api(warehouse),
        }
    if as_json:
        print_json(state)
    else:
        _print(console(), state)
    return Health(state["status"]).rank


def _print(out: Console, state: dict[str, Any]) -> None:
    word = state["status"]
    totals = state["totals"]
    out.print(Text.assemble(("Status  ", "bold"), (word, f"bold {_COLOURS[word]}")))
    out.print(
        grid(
            [
                ("articles", f"{totals['articles']:,} ({totals['copies']:,} copies)"),
                ("stories", f"{totals['stories']:,} of two articles or more"),
                ("entities", f"{totals['entities']:,}"),
                ("sources", f"{totals['sources']:,}"),
                ("rejects", f"{totals['rejects']:,}"),
                ("published", f"{totals['published_at']:%Y-%m-%d %H:%M} UTC"),
                ("orchestrator", state["orchestrator"] or "not up (newsloom up starts it)"),
            ]
        )
    )
    _print_checks(out, state["checks"])
    _print_runs(out, state["runs"])
    if state["rejects"]:
        out.print()
        columns: dict[str, dict[str, Any]] = {
            "REJECTS": {"justify": "right"}, "REASON": {}, "FOR EXAMPLE": {},
        }  # fmt: skip
        rows = ((r["items"], r["reason"], r["example"]) for r in state["rejects"])
        out.print(listing(columns, fitted(rows, 2, out.width, columns)))


def _print_checks(out: Console, checks: list[dict[str, Any]]) -> None:
    """Print what is not well with its reasons, and what is well in one line a group."""
    out.print()
    for check in sorted(checks, key=lambda c: -Health(c["status"]).rank):
        if check["status"] != Health.OK:
            _print_trouble(out, check)
    well = [check["title"] for check in checks if check["status"] == Health.OK]
    out.print(Text.assemble(("ok", "green"), f"    {len(well)} of {len(checks)} checks"))


def _print_trouble(out: Console, check: dict[str, Any]) -> None:
    since = f", since {check['since']:%Y-%m-%d %H:%M}" if check["since"] else ""
    word = Text(f"{check['status']:<5} ", style=_COLOURS[check["status"]])
    out.print(Text.assemble(word, (check["title"], "bold"), f"  {_measure(check)}{since}"))
    said = [check["reason"]] if not check["subjects"] else []
    said += [f"{s['name']}: {s['reason']}" for s in check["subjects"][:MOST_SUBJECTS]]
    for line in said:
        out.print(Padding(shown(line), (0, 0, 0, 6)))
    if len(check["subjects"]) > MOST_SUBJECTS:
        out.print(f"      … and {len(check['subjects']) - MOST_SUBJECTS:,} more", style="dim")
    out.print(f"      What to do: {check['runbook']}", style="dim")


def _measure(check: dict[str, Any]) -> str:
    if check["value"] is None:
        return ""
    if check["unit"] == "share":
        return f"{check['value']:.1%}"
    return f"{check['value']:.4g} {unit_of(check['value'], check['unit'])}"


def _print_runs(out: Console, runs: list[dict[str, Any]]) -> None:
    out.print()
    right = {"justify": "right"}
    columns: dict[str, dict[str, Any]] = {
        "RUN": {"no_wrap": True}, "STATUS": {}, "TIME": right, "ITEMS": right, "NEW": right,
        "REVISED": right, "SAME": right, "REJECTED": right,
    }  # fmt: skip
    rows = (
        (r["run_id"], r["status"], span(r["seconds"]), f"{r['items_found']:,}", r["items_new"],
         r["items_revised"], r["items_unchanged"], r["items_rejected"])
        for r in runs
    )  # fmt: skip
    out.print(listing(columns, rows))
