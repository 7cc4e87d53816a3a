"""A line of numbers that shows where a value stands among its limits."""

import math

from markupsafe import Markup

from newsloom.plain import one_line
from warehouse.health import Finding, Limits

WIDTH, HEIGHT = 600, 64
LINE_Y, LINE_HEIGHT = 30, 10
EDGE = 16
NEAR_PIXELS = 70
"""Labels closer than this would run into each other."""


def number_line(finding: Finding) -> Markup:
    """Return the line as SVG; empty where there is no value, or nothing to hold it against."""
    limits = finding.limits
    marks = [mark for mark in (limits.warn_at, limits.bad_at, limits.warn_below, limits.bad_below)
             if mark is not None]  # fmt: skip
    if finding.value is None or not marks:
        return Markup("")
    value = finding.value
    if not all(map(math.isfinite, (value, *marks))):
        return Markup("")
    scale = _Scale(value, marks)
    parts = [
        *(_zone(scale, *zone) for zone in _zones(limits, scale)),
        *_labels(scale, limits),
        _pointer(scale, value),
    ]
    said = f"{finding.check.title}: {one_line(_short(value))} {finding.check.unit}"
    return Markup(
        '<svg class="numberline" viewBox="0 0 {w} {h}" role="img" aria-label="{said}">{parts}</svg>'
    ).format(w=WIDTH, h=HEIGHT, said=said, parts=Markup("").join(parts))


class _Scale:
    """Where numbers lie on the line: from the least of 0, value, limits to a bit over the most."""

    def __init__(self, value: float, marks: list[float]) -> None:
        self.low = min(0.0, value, *marks)
        top = max(value, *marks)
        # A value far off would press the limits together at the edge: it is shown at the end.
        if value > 20 * max(*marks, 0.0, 1e-9) or (len(marks) == 1 and value > 8 * marks[0] > 0):
            top = max(marks) * (8 if len(marks) == 1 else 20)
        self.high = self.low + (top - self.low) * 1.15 or self.low + 1

    def x(self, value: float) -> float:
        """Return the place in pixels."""
        inside = min(max(value, self.low), self.high)
        return EDGE + (WIDTH - 2 * EDGE) * (inside - self.low) / (self.high - self.low)


Zone = tuple[str, float, float]


def _zones(limits: Limits, scale: _Scale) -> list[Zone]:
    """Return the stretches of the line: how they are judged, from, to; later ones lie on top."""
    low, high = scale.low, scale.high
    zones: list[Zone] = [("ok", low, high)]
    for word, at, below in (("warn", limits.warn_at, limits.warn_below),
                            ("bad", limits.bad_at, limits.bad_below)):  # fmt: skip
        if at is not None:
            zones.append((word, at, high))
        if below is not None:
            zones.append((word, low, below))
    return zones


def _zone(scale: _Scale, word: str, begin: float, end: float) -> Markup:
    x, to = scale.x(begin), scale.x(end)
    return Markup(
        '<rect class="{word}" x="{x:.1f}" y="{y}" width="{w:.1f}" height="{h}" rx="2"/>'
    ).format(word=word, x=x, y=LINE_Y, w=max(to - x, 2.0), h=LINE_HEIGHT)


def _labels(scale: _Scale, limits: Limits) -> list[Markup]:
    made: list[Markup] = []
    taken: list[float] = []
    for word, mark in (("bad", limits.bad_at), ("bad", limits.bad_below),
                       ("warn", limits.warn_at), ("warn", limits.warn_below)):  # fmt: skip
        if mark is None or any(abs(scale.x(mark) - x) < NEAR_PIXELS for x in taken):
            continue
        taken.append(scale.x(mark))
        made.append(_text(scale.x(mark), HEIGHT - 8, f"{word} {_short(mark)}", "dim"))
    return made


def _pointer(scale: _Scale, value: float) -> Markup:
    x = scale.x(value)
    shape = Markup('<path class="pointer" d="M{x:.1f} {y} l-6 -9 h12 z"/>').format(x=x, y=LINE_Y)
    return shape + _text(x, LINE_Y - 14, _short(value) + (" →" if value > scale.high else ""), "")


def _text(x: float, y: float, text: str, kind: str) -> Markup:
    anchor = "start" if x < 60 else "end" if x > WIDTH - 60 else "middle"
    return Markup(
        '<text class="{kind}" x="{x:.1f}" y="{y}" text-anchor="{anchor}">{text}</text>'
    ).format(kind=kind, x=x, y=y, anchor=anchor, text=text)


def _short(value: float) -> str:
    """Return a number with three significant digits, or all of those of a large one."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
