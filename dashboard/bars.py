"""Bars stacked by outcome or reason: what several pages draw."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import altair as alt

from dashboard.charts import HEIGHT, WIDTH, of_rows

SHADES = ("#c2482f", "#3f6fb5", "#c98a1b", "#7d6a9c", "#1f8a70", "#8a939e")
"""For what has no colour of its own; the last one is for the rest."""


def stacked(
    rows: Sequence[Mapping[str, Any]],
    moment: str,
    colours: Mapping[str, str],
    *,
    steps: int,
    height: int = HEIGHT,
) -> Any:
    """Draw rows that have a moment and a count for each name in `colours`, in that order.

    steps: how many bars have room beside each other.
    """
    bars = [
        {"moment": row[moment], "what": name, "items": row[name], "place": place}
        for row in rows
        for place, name in enumerate(colours)
        if row[name]
    ]
    return (
        alt.Chart(of_rows(bars))
        .mark_bar(size=max(1.5, 0.75 * WIDTH / max(steps, 1)))
        .encode(
            alt.X("moment:T", title=None, axis=_axis(rows, moment),
                  scale=alt.Scale(type="utc", domain=_span(rows, moment), nice=False)),
            alt.Y("items:Q", title="items"),
            alt.Color("what:N", scale=alt.Scale(domain=list(colours),
                                                range=list(colours.values()))),
            alt.Order("place:Q"),
        )
        .properties(width=WIDTH, height=height)
    )  # fmt: skip


def _axis(rows: Sequence[Mapping[str, Any]], moment: str) -> alt.Axis:
    """Return hours for steps of less than a day's quarter, and days for longer ones."""
    if len(rows) > 1 and rows[1][moment] - rows[0][moment] < timedelta(hours=6):
        return alt.Axis(format="%H:%M", labelOverlap=True)
    return alt.Axis(format="%d %b", tickCount="day", labelOverlap=True)


def _span(rows: Sequence[Mapping[str, Any]], moment: str) -> Any:
    """Return half a step before the first moment and after the last, or no bound at all."""
    if len(rows) < 2:
        return alt.Undefined
    first, second, last = rows[0][moment], rows[1][moment], rows[-1][moment]
    half = (second - first) / 2
    return [f"{edge.isoformat()}Z" for edge in (first - half, last + half)]
