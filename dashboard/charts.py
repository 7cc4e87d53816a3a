"""Pictures of figures: drawn on the server as SVG by Vega-Lite, without a network or a browser."""

import json
from collections.abc import Callable
from typing import Any

import altair as alt
import vl_convert

from dashboard.figures import Ask

WIDTH, HEIGHT = 920, 220
COLOURS = {
    "light": {
        "text": "#3d4450", "grid": "#e3e6ea", "band": "#e3a72f", "new": "#1f6f5c",
        "revised": "#3f6fb5", "unchanged": "#b9c0c9", "rejected": "#c2482f", "removed": "#7d6a9c",
    },
    "dark": {
        "text": "#b9c0ca", "grid": "#31363e", "band": "#c7902a", "new": "#4cb79c",
        "revised": "#7aa5e6", "unchanged": "#565e69", "rejected": "#e9806a", "removed": "#b09ad0",
    },
}  # fmt: skip

Drawer = Callable[[list[dict[str, Any]], Ask, dict[str, str]], alt.TopLevelMixin]
CHARTS: dict[str, Drawer] = {}
"""How the figures of these names are drawn."""


def chart(name: str) -> Callable[[Drawer], Drawer]:
    """Mark a function that draws the figure of this name: it is then under /chart/NAME.svg."""

    def mark(drawer: Drawer) -> Drawer:
        CHARTS[name] = drawer
        return drawer

    return mark


def draw(name: str, rows: list[dict[str, Any]], ask: Ask, *, dark: bool = False) -> bytes:
    """Return the picture of a figure with these rows as SVG."""
    colours = COLOURS["dark" if dark else "light"]
    drawn: Any = CHARTS[name](rows, ask, colours)
    spec = _styled(drawn, colours).to_dict()
    return vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[]).encode()


def _styled(drawn: Any, colours: dict[str, str]) -> Any:
    font = "system-ui, sans-serif"
    return (
        drawn.properties(background="transparent", padding=4)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=colours["text"], titleColor=colours["text"], gridColor=colours["grid"],
            domainColor=colours["grid"], tickColor=colours["grid"], labelFont=font, titleFont=font,
            titleFontWeight="normal", labelLimit=240,
        )
        .configure_legend(
            labelColor=colours["text"], labelFont=font, title=None, orient="top",
            symbolType="square",
        )
    )  # fmt: skip


def of_rows(rows: list[dict[str, Any]]) -> alt.InlineData:
    """Return rows as the data of a picture; moments are UTC."""
    return alt.InlineData(
        values=[
            {k: v.isoformat() + "Z" if hasattr(v, "isoformat") else v for k, v in row.items()}
            for row in rows
        ]
    )


def hours_axis(field: str = "hour") -> alt.X:
    """Return an axis of time in UTC, with clock times of 24 hours."""
    marks = (
        "utchours(datum.value) || utcminutes(datum.value) ? utcFormat(datum.value, '%H:%M') "
        ": utcFormat(datum.value, '%b %d')"
    )
    return alt.X(
        f"{field}:T",
        title=None,
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(labelExpr=marks, tickCount=12, labelOverlap="greedy", labelSeparation=8),
    )
