"""newsloom status: whether the ingest is healthy."""

import platform
from pathlib import Path
from typing import Any

import click
import psutil
from rich.console import Console
from rich.text import Text

from cli.output import (
    console,
    fitted,
    grid,
    json_option,
    listing,
    print_json,
    span,
    warehouse_option,
    with_example,
)  # fmt: skip
from flows.where import running_api
from newsloom.vocabulary import RunStatus
from warehouse.published import Published

_EXIT = {"ok": 0, "warn": 1, "bad": 2}
_COLOURS = {"ok": "green", "warn": "yellow", "bad": "red"}
MOST_RUNS = 5


@click.command("status")
@json_option
@warehouse_option
@with_example("newsloom status || echo 'have a look'")
def command(as_json: bool, warehouse: Path) -> int:
    """Show whether the ingest is healthy. Exit code 0: ok. 1: wants a look. 2: bad."""
    with Published(warehouse) as news:
        state: dict[str, Any] = {
            "totals": news.rows("status_totals")[0],
            "checks": news.rows("checks"),
            "runs": [_with_life(run) for run in news.rows("recent_runs", most=MOST_RUNS)],
            "rejects": news.rows("reject_reasons"),
            "orchestrator": running_api(warehouse),
        }
    words = [check["status"] for check in state["checks"]]
    words += ["warn" for run in state["runs"] if run["status"] == "killed"][:1]
    state["status"] = max(words, key=_EXIT.__getitem__, default="ok")
    if as_json:
        print_json(state)
    else:
        _print(console(), state)
    return _EXIT[state["status"]]


def _with_life(run: dict[str, Any]) -> dict[str, Any]:
    """Call a run killed that says it runs, but whose process on this machine is gone."""
    here = run["host"] == platform.node()
    if run["status"] == RunStatus.RUNNING.value and here and not psutil.pid_exists(run["pid"]):
        return {**run, "status": "killed"}
    return run


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
    out.print()
    rows = (
        (Text(c["status"], style=_COLOURS[c["status"]]), c["name"], _measure(c),
         c["meaning"])
        for c in checks
    )  # fmt: skip
    out.print(
        listing({"CHECK": {}, "NAME": {}, "VALUE": {"justify": "right"}, "MEANING": {}}, rows)
    )


def _measure(check: dict[str, Any]) -> str:
    if check["unit"] == "share":
        return f"{check['value']:.1%}"
    return f"{check['value']:g} {check['unit']}"


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
