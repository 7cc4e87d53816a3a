"""The runs of the window."""

from typing import Any

from dashboard.figures import Ask, Column, Figure, figure
from dashboard.pages import page
from dashboard.paging import Part

STATUSES = ("running", "completed", "failed", "interrupted", "killed")
FLOWS = "SELECT DISTINCT flow FROM runs WHERE flow IS NOT NULL ORDER BY flow"


@page("/runs", "runs.html", menu="Runs", windowed=True)
def page_of_runs(ask: Ask) -> dict[str, Any]:
    """Fill the list of runs."""
    part = Part.of(ask, "window", "flow", "status")
    return {
        "runs": runs(part), "part": part, "kinds": run_flows(ask), "statuses": STATUSES,
        "flows": [row["flow"] for row in ask.rows(FLOWS)],
        "chosen_flow": ask.text("flow"), "chosen_status": ask.text("status"),
    }  # fmt: skip


@figure("runs")
def runs(ask: Ask) -> Figure:
    """Ask for the runs of the window, the latest first."""
    return ask.figure(
        "runs", "Runs",
        (Column("run_id", "Run", "code", "/runs/{run_id}"), Column("flow", "Flow", "word"),
         Column("status", "Status", "status"), Column("started_at", "Started (UTC)", "moment"),
         Column("seconds", "Took", "seconds"), Column("items_found", "Items", "number"),
         Column("items_new", "New", "number"),
         Column("items_revised", "Revised", "number", wide=True),
         Column("items_unchanged", "Unchanged", "number", wide=True),
         Column("items_rejected", "Rejected", "number"),
         Column("items_unaccounted", "Unaccounted", "number", wide=True),
         Column("error", "Error", "brief", wide=True)),
        empty="No run is like this.",
        query={name: text for name in ("flow", "status") if (text := ask.text(name))},
        since=ask.since, flow=ask.text("flow"), status=ask.text("status"),
    )  # fmt: skip


@figure("run_flows")
def run_flows(ask: Ask) -> Figure:
    """Ask how the runs of each flow went."""
    return ask.figure(
        "run_flows", "By flow",
        (Column("flow", "Flow", link="/runs?flow={flow}"), Column("runs", "Runs", "number"),
         Column("completed", "Completed", "number"),
         Column("running", "Running", "number", wide=True),
         Column("unfinished", "Not completed", "number"),
         Column("median_seconds", "Median", "seconds"),
         Column("p95_seconds", "95 % within", "seconds", wide=True),
         Column("last_started_at", "Last started", "ago")),
        empty="No run in this time.", since=ask.since,
    )  # fmt: skip
