"""The sources, the worst first."""

from datetime import datetime
from typing import Any

from dashboard.figures import Ask, Column, Figure, figure
from dashboard.pages import page
from dashboard.paging import Part

SOURCES = 50
"""So many are on one page."""
STATES = ("failing", "silent", "broken", "late", "paused")
"""What ?only= may ask for."""


@page("/sources", "sources.html", menu="Sources")
def page_of_sources(ask: Ask) -> dict[str, Any]:
    """Fill the list of sources."""
    part = Part.of(ask, "q", "only", size=SOURCES)
    return {"sources": sources(part), "part": part, "states": STATES, "q": ask.text("q"),
            "only": only(ask)}  # fmt: skip


@figure("sources")
def sources(ask: Ask) -> Figure:
    """Ask how each source is doing."""
    return ask.figure(
        "sources", "Sources",
        (Column("source", "Source", link="/sources/{source}"), Column("status", "Health"),
         Column("last_attempt_at", "Last attempt", "ago", wide=True),
         Column("last_success_at", "Last success", "ago", wide=True),
         Column("last_new_at", "Last new", "ago"),
         Column("new_24h", "24 h", "number"), Column("new_7d", "7 days", "number", wide=True),
         Column("usual_a_day", "Usual a day", "number", wide=True),
         Column("days", "28 days", "sparkline"),
         Column("failures", "Failed looks", "number", wide=True),
         Column("due_at", "Next due", "ago", wide=True)),
        empty="No source is like this.",
        query={name: text for name in ("q", "only") if (text := ask.text(name))},
        q=ask.text("q"), only=only(ask), until=hour(ask),
    )  # fmt: skip


def only(ask: Ask) -> str:
    """Return the state that the address asks for, '' for all."""
    asked = ask.text("only")
    return asked if asked in STATES else ""


def hour(ask: Ask) -> datetime:
    """Return the present hour."""
    return ask.now.replace(minute=0)
