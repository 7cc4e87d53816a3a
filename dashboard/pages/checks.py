"""One check: what it means, what it found and by which limits, and what to do."""

from dataclasses import replace
from typing import Any

from dashboard.figures import Ask, Figure, NotThere, figure, shown
from dashboard.incidents import told
from dashboard.numberline import number_line
from dashboard.pages import page
from dashboard.runbook import section
from warehouse.health import CHECK, CHECKS, Check, read_limits

LIVE_ASKS = {
    "disk": "the file system of the warehouse's folder for its free space, and its files for how "
            "much they grew in the last week",
    "killed_runs": "the published runs that are under way, and this machine whether their "
                   "processes still live",
    "server": "up.json, which newsloom up writes into the warehouse's folder, or PREFECT_API_URL, "
              "for a server, and that server's /health",
    "worker": "the Prefect server for the workers of its pool 'newsloom'",
}  # fmt: skip
MOST_SUBJECTS = 200
"""On the page; the downloads have all."""


@page("/checks/{check}", "check.html")
def page_of_check(ask: Ask) -> dict[str, Any]:
    """Fill the page of one check."""
    check = _named(ask)
    (finding,) = (found for found in ask.snapshot.findings if found.check is check)
    return {
        "check": check, "finding": finding, "told": told(ask.folder),
        "line": number_line(finding),
        "limits": limits(finding.limits), "most": MOST_SUBJECTS,
        # The page shows the query only, and what the snapshot found by it.
        "measured": None if check.live else _query(ask, check),
        "asks": LIVE_ASKS.get(check.name, ""),
        "advice": section(check.name), "links_to": links_to(check),
    }  # fmt: skip


def _named(ask: Ask) -> Check:
    name = ask.text("check", 80)
    if name not in CHECK:
        raise NotThere(f"There is no check {name!r}.",
                       f"There are: {', '.join(check.name for check in CHECKS)}.")  # fmt: skip
    return CHECK[name]


def limits(given: Any) -> list[tuple[str, str, float]]:
    """Return the limits that a finding has: how it would be judged, on which side, by what."""
    sides = (
        ("warn", "from", given.warn_at), ("bad", "from", given.bad_at),
        ("warn", "down to", given.warn_below), ("bad", "down to", given.bad_below),
    )  # fmt: skip
    return [(word, side, bound) for word, side, bound in sides if bound is not None]


def links_to(check: Check) -> str:
    """Return the page that the check's subjects have, '' for none."""
    if check.group == "sources":
        return "/sources/"
    return "/runs/" if check.name in ("stuck_runs", "killed_runs", "failed_runs",
                                      "run_duration") else ""  # fmt: skip


@figure("check")
def measured(ask: Ask) -> Figure:
    """Carry out a check as it stands: its own row, and one for each subject."""
    check = _named(ask)
    if check.live:
        raise NotThere(f"{check.name} asks the machine, and no query.", "Its page tells what.")
    query = _query(ask, check)
    return replace(query, rows=ask.rows(query.sql))


def _query(ask: Ask, check: Check) -> Figure:
    """Return the figure without an answer."""
    sql = shown(check.sql(read_limits(ask.settings.health.limits)), {})
    return Figure("check", "What its query returns", sql, [], query={"check": check.name})
