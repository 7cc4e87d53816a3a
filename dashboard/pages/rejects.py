"""What could not be used, by reason, and how to try it again."""

from typing import Any

from dashboard.bars import SHADES, stacked
from dashboard.charts import chart
from dashboard.figures import Ask, Column, Figure, figure
from dashboard.pages import page
from newsloom.vocabulary import Reason

STEP_HOURS = {"24h": 1, "7d": 6, "28d": 24}
"""One bar of the trend, by window."""
MEANING = {str(reason): reason.meaning for reason in Reason}
UNTRIED = (str(Reason.BAD_URL),)
"""What a replay leaves alone."""


@page("/rejects", "rejects.html", menu="Rejects", windowed=True)
def page_of_rejects(ask: Ask) -> dict[str, Any]:
    """Fill the list of reasons."""
    reasons = reject_reasons(ask)
    return {
        "reasons": reasons, "meaning": MEANING, "trend_of": reject_trend(ask),
        "untried": UNTRIED, "standing": sum(row["standing"] for row in reasons.rows),
    }  # fmt: skip


def chosen(ask: Ask) -> dict[str, str]:
    """Return the parameters that rejects are narrowed down by, as far as they are given."""
    return {name: text for name in ("reason", "source") if (text := ask.text(name, 4000))}


@figure("reject_reasons")
def reject_reasons(ask: Ask) -> Figure:
    """Ask for the reasons, with how many rejects stand."""
    source = ask.text("source", 4000)
    return ask.figure(
        "reject_reasons", "By reason",
        (Column("reason", "Reason", link="/rejects/{reason}"),
         Column("standing", "Standing", "number"), Column("rejected", "In the window", "number"),
         Column("sources", "Sources", "number"), Column("first_at", "First", "ago"),
         Column("last_at", "Last", "ago")),
        empty="Nothing is rejected.",
        note="Standing are those whose latest attempt was rejected.",
        query={"source": source}, since=ask.since, source=source,
    )  # fmt: skip


@figure("reject_trend")
def reject_trend(ask: Ask) -> Figure:
    """Ask how many items were rejected when."""
    given = chosen(ask)
    return ask.figure(
        "reject_trend", "Rejected over time",
        (Column("step", "From (UTC)", "moment"), Column("reason", "Reason"),
         Column("items", "Items", "number")),
        query=given, since=ask.since, until=ask.now, step=STEP_HOURS[ask.window],
        reason=given.get("reason", ""), source=given.get("source", ""),
    )  # fmt: skip


@chart("reject_trend")
def draw_trend(rows: list[dict[str, Any]], ask: Ask, colours: dict[str, str]) -> Any:
    """Draw the steps as bars stacked by reason, the most frequent one lowest."""
    total: dict[str, int] = {}
    steps: dict[Any, dict[str, Any]] = {}
    for row in rows:
        step = steps.setdefault(row["step"], {"step": row["step"]})
        if row["reason"]:
            step[row["reason"]] = row["items"]
            total[row["reason"]] = total.get(row["reason"], 0) + row["items"]
    names = sorted(total, key=lambda name: (name == "others", -total[name], name))
    shades = dict(zip(names, SHADES, strict=False)) | ({"others": SHADES[-1]} if "others" in names
                                                       else {})  # fmt: skip
    filled = [{name: step.get(name, 0) for name in ("step", *names)} for step in steps.values()]
    return stacked(filled, "step", shades, steps=len(filled), height=180)
