"""How values look on the page."""

import shlex
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from newsloom import clock
from newsloom.plain import one_line, printable
from warehouse.health import unit_of

MOST_CHARACTERS = 400
SPARK_WIDTH, SPARK_HEIGHT = 112, 20


def plain(value: Any, most: int = MOST_CHARACTERS) -> str:
    """Return a value from the news as one harmless line of bounded length."""
    text = one_line(str(value))
    return text if len(text) <= most else text[: most - 1] + "…"


def block(value: Any, most: int = MOST_CHARACTERS) -> str:
    """Return a value as harmless lines of bounded length."""
    text = "\n".join(printable(line) for line in str(value)[: most + 1].splitlines())
    return text if len(text) <= most else text[: most - 1] + "…"


def number(value: Any) -> str:
    """1234567 as 1,234,567; 0.1234 as 0.12."""
    if value is None:
        return "–"
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.2f}" if abs(value) < 10 else f"{value:,.1f}"
    return f"{value:,.0f}"


def share(value: Any) -> str:
    """0.123 as 12.3 %."""
    return "–" if value is None else f"{100 * value:.1f} %"


def seconds(value: Any) -> str:
    """A duration in the two largest units that fit."""
    if value is None:
        return "–"
    value = float(value)
    if value < 60:
        return f"{value:.1f} s" if value < 10 else f"{value:.0f} s"
    units = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
    parts = []
    for unit, size in units:
        count, value = divmod(int(value), size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2])


def moment(value: datetime | None) -> str:
    """A moment in UTC, to the minute."""
    return "–" if value is None else f"{value:%Y-%m-%d %H:%M}"


def ago(value: datetime | None) -> str:
    """How long ago a moment was, or how far ahead it is."""
    if value is None:
        return "–"
    passed = (clock.now() - value).total_seconds()
    if passed < 0:
        return f"in {seconds(-passed // 60 * 60)}" if passed < -60 else "now"
    return f"{seconds(passed // 60 * 60)} ago" if passed >= 60 else "just now"


def measure(value: float | None, unit: str) -> str:
    """A value with its unit."""
    if value is None:
        return "–"
    if unit == "share":
        return share(value)
    return f"{number(round(value, 2))} {unit_of(value, unit)}".strip()


def trend(tile: Mapping[str, Any]) -> str:
    """How a tile's value stands to that of the window before."""
    value, before = tile["value"], tile["before"]
    if before is None or value is None:
        return "nothing to compare with"
    if tile["unit"] == "share":
        return f"before {share(before)}"
    change = round(100 * (value - before) / before) if before else 0
    return f"{change:+} % on {number(before)} before" if change else f"{number(before)} before"


def sparkline(values: Sequence[float] | None) -> Markup:
    """A small line of counts, the latest last; for those who do not see it, as a title."""
    given = list(values or ())
    if not given or not any(given):
        return Markup('<span class="dim">–</span>')
    top, step = max(given), SPARK_WIDTH / max(len(given) - 1, 1)
    points = " ".join(
        f"{at * step:.1f},{SPARK_HEIGHT - 1 - (SPARK_HEIGHT - 3) * value / top:.1f}"
        for at, value in enumerate(given)
    )
    said = f"{len(given)} days: at most {number(top)}, the last {number(given[-1])}"
    return Markup(
        '<svg class="spark" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" '
        'aria-label="{said}"><polyline points="{points}"/></svg>'
    ).format(w=SPARK_WIDTH, h=SPARK_HEIGHT, said=said, points=points)


def web_link(url: Any) -> str:
    """Return a web address that may be linked, '' for any other: javascript: and the like."""
    text = str(url or "").strip()
    return text if text.lower().startswith(("http://", "https://")) else ""


def shell(value: Any) -> str:
    """Return a value as one word of a command line; what cannot be seen is left out."""
    return shlex.quote(one_line(str(value)))


def status(value: Any) -> Markup:
    """A status word in its colour, which is never the only sign."""
    word = escape(str(value))
    return Markup('<span class="status {0}">{0}</span>').format(word)


FILTERS: dict[str, Callable[..., object]] = {
    "plain": plain, "block": block, "number": number, "share": share, "seconds": seconds,
    "moment": moment, "ago": ago, "sparkline": sparkline,
    "web_link": web_link, "status": status, "shell": shell,
}  # fmt: skip
