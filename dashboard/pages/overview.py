"""The overview: one word, why, and whether the news flows."""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import altair as alt

from dashboard.charts import HEIGHT, WIDTH, chart, hours_axis, of_rows
from dashboard.figures import Ask, Column, Figure, figure
from dashboard.incidents import told
from dashboard.pages import page
from warehouse.health import Health

STEP_HOURS = {"28d": 6}
"""How long a bar stands for, where it is not an hour: more bars than these nobody can see."""
MOST_RUNS = 500
GAP = timedelta(minutes=6)
"""Between two bars of the hours."""


@page("/", "overview.html", menu="Overview", windowed=True)
def overview(ask: Ask) -> dict[str, Any]:
    """Fill the first page."""
    findings = sorted(ask.snapshot.findings, key=lambda f: -f.status.rank)
    return {
        "troubles": [finding for finding in findings if finding.status is not Health.OK],
        "well": [finding for finding in findings if finding.status is Health.OK],
        "told": told(ask.folder),
        "tiles": tiles(ask),
        "funnel": funnel(ask),
        "volume": volume(ask),
        "timeline": timeline(ask),
    }


@figure("tiles")
def tiles(ask: Ask) -> Figure:
    """Ask for the numbers of the window beside those of the window before."""
    return ask.figure(
        "tiles", "In numbers",
        (Column("tile", "What"), Column("value", "Now", "number"),
         Column("before", "Window before", "number"), Column("unit", "Unit")),
        since=ask.since, before=ask.since - (ask.now - ask.since),
    )  # fmt: skip


@figure("funnel")
def funnel(ask: Ask) -> Figure:
    """Ask how many items got how far, and what became of the others."""
    return ask.figure(
        "funnel", "From discovery to stories",
        (Column("stage", "Stage"), Column("items", "Items", "number"),
         Column("lost", "Fewer by", "number"), Column("lost_as", "Because")),
        since=ask.since,
    )  # fmt: skip


@figure("volume")
def volume(ask: Ask) -> Figure:
    """Ask for the items of each hour by outcome, with the number of new ones to expect."""
    step = STEP_HOURS.get(ask.window, 1)
    return ask.figure(
        "volume", "Items an hour by outcome" if step == 1 else f"Items in {step} hours by outcome",
        (Column("hour", "Hour (UTC)", "moment"), Column("new", "New", "number"),
         Column("revised", "Revised", "number"), Column("unchanged", "Unchanged", "number"),
         Column("rejected", "Rejected", "number"),
         Column("new_expected_low", "New expected from", "number"),
         Column("new_expected_high", "to", "number")),
        note="Between the amber lines: new articles as the same hours of the last four weeks let "
        "expect.",
        since=ask.since, until=ask.now, step=step,
    )  # fmt: skip


@chart("volume")
def draw_volume(rows: list[dict[str, Any]], ask: Ask, colours: dict[str, str]) -> Any:
    """Draw the hours as stacked bars, and over them what was to be expected of the new ones."""
    outcomes = ("new", "revised", "rejected", "unchanged")
    length = timedelta(hours=STEP_HOURS.get(ask.window, 1))
    rows = [{**row, "end": row["hour"] + length} for row in rows]
    bars = [bar for row in rows for bar in _stacked(row, outcomes)]
    hour = hours_axis()
    shades = alt.Scale(domain=[*outcomes], range=[colours[name] for name in outcomes])
    expected = [row for row in rows if row["new_expected_high"] is not None]
    edges = [
        alt.Chart(of_rows(expected))
        .mark_line(color=colours["band"], strokeWidth=1.5, interpolate="step-after")
        .encode(hour, alt.Y(f"new_expected_{edge}:Q", title="items"))
        for edge in ("low", "high")
    ]
    stacked = (
        alt.Chart(of_rows(bars))
        .mark_bar()
        .encode(
            hour, alt.X2("end:T"), alt.Y("from:Q", title="items"), alt.Y2("to:Q"),
            alt.Color("outcome:N", scale=shades),
        )
    )  # fmt: skip
    return alt.layer(stacked, *edges).properties(width=WIDTH, height=HEIGHT)


def _stacked(row: dict[str, Any], outcomes: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield the bars of an hour, each from the top of the one below."""
    top = 0
    for name in outcomes:
        if row[name]:
            yield {"hour": row["hour"], "end": row["end"] - GAP, "outcome": name,
                   "from": top, "to": top + row[name]}  # fmt: skip
            top += row[name]


@figure("timeline")
def timeline(ask: Ask) -> Figure:
    """Ask for the runs of the window, the newest if there are many."""
    figure = ask.figure(
        "timeline", "Runs",
        (Column("run_id", "Run", "code", "/runs/{run_id}"), Column("flow", "Flow"),
         Column("status", "Status", "status"), Column("started_at", "Started (UTC)", "moment"),
         Column("seconds", "Took", "seconds"), Column("items_found", "Items", "number"),
         Column("items_new", "New", "number"), Column("items_rejected", "Rejected", "number")),
        empty="No run in this time.", since=ask.since, until=ask.now, most=MOST_RUNS,
    )  # fmt: skip
    if len(figure.rows) < MOST_RUNS:
        return figure
    return dataclasses.replace(figure, note=f"The newest {MOST_RUNS}; the page of runs has all.")


@chart("timeline")
def draw_timeline(rows: list[dict[str, Any]], ask: Ask, colours: dict[str, str]) -> Any:
    """Draw each run as a bar in the lane of its flow; the shortest are still to be seen."""
    shades = {"completed": colours["new"], "running": colours["revised"],
              "failed": colours["rejected"], "interrupted": colours["unchanged"],
              "killed": colours["removed"]}  # fmt: skip
    lanes = len({row["flow"] for row in rows})
    status = alt.Scale(domain=[*shades], range=[*shades.values()])
    return (
        alt.Chart(of_rows(rows))
        .mark_bar(height=16, strokeWidth=2)
        .encode(
            hours_axis("started_at"), alt.X2("ended_at:T"), alt.Y("flow:N", title=None),
            alt.Color("status:N", scale=status),
            alt.Stroke("status:N", scale=status, legend=None),
        )
        .properties(width=WIDTH, height=28 * max(lanes, 1))
    )  # fmt: skip
