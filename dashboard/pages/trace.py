"""The trace: everything that happened to one input, as `newsloom trace` tells it."""

from pathlib import Path
from typing import Any

from dashboard.figures import Ask, Column, Figure, figure, shown
from dashboard.named import Named
from dashboard.pages import page
from newsloom.errors import UsageError
from warehouse.history import history
from warehouse.published import named

MOST_EVENTS = 1_000


@page("/trace", "trace.html", menu="Trace")
def trace(ask: Ask) -> dict[str, Any]:
    """Fill the page; without an address to look for it is only the form."""
    if not ask.text("q", 2_100):
        return {"q": "", "events": None, "problem": None}
    try:
        return {"q": ask.text("q", 2_100), "events": trace_events(ask), "problem": None}
    except UsageError as error:
        return {"q": ask.text("q", 2_100), "events": None, "problem": error}


@figure("trace_events")
def trace_events(ask: Ask) -> Figure:
    """Ask for the events, in order of time."""
    text = ask.text("q", 2_100)
    traced = history(Named(ask.snapshot), text)
    ids = {row["article_id"] for row in traced["items"] if row["article_id"]}
    article = traced["article"]
    if article:
        ids.add(article["article_id"])
    values = {"text": text, "address": text, "path": str(Path(text).absolute()),
              "articles": sorted(ids)[:100]}  # fmt: skip
    only = next(iter(ids)) if len(ids) == 1 else None
    rows = [
        {"detail": None, **event, "article_id": only if article else None}
        for event in traced["events"][-MOST_EVENTS:]
    ]
    detail = (Column("detail", "Detail"),) if any(row["detail"] for row in rows) else ()
    return Figure(
        "trace_events", "What happened to it", shown(named("trace_items"), values), rows,
        (Column("at", "When (UTC)", "moment"), Column("event", "Event", "word"),
         Column("what", "What"),
         *detail, Column("locator", "Path or address"),
         Column("run_id", "Run", "code", "/runs/{run_id}", wide=True)),
        note="The SQL is that of the readings; copies, stories and removal are added from facts.",
        query={"q": text},
    )  # fmt: skip
