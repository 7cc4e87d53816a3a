"""What two articles of different languages have in common, as a few readable numbers.

Every feature is a function of the two articles alone and of a fixed background: nothing else in the
warehouse can change a score.
"""

from collections.abc import Iterable, Mapping
from math import log1p, sqrt

import numpy as np
from numpy.typing import NDArray

from newsloom.events.marks import Kind, Mark

FEATURES = {
    "full_names": "ln(1 + weight of names of two words that both have).",
    "other_spellings": "ln(1 + weight of names that only sound alike).",
    "lead_names": "ln(1 + weight of names that stand in the headline or lead of both).",
    "lead_places": "ln(1 + weight of places that stand in the headline or lead of both).",
    "breadth": "ln(1 + names, places, numbers and days that both have, a full name counting once).",
    "overlap": "Square root of the share of their names, places and numbers that both have.",
    "places": "ln(1 + weight of countries and cities that both have).",
    "only_places": "1 where they share no name, number or day of any weight.",
    "days_apart": "ln(1 + days between the two), 0 where one is undated.",
    "undated": "1 where an article has no date.",
}
NAMES = tuple(FEATURES)
COMPARED = frozenset((Kind.NAME, Kind.PLACE, Kind.NUMBER))
TELLING = 0.5
"""The weight from which on a shared mark counts as one."""

Row = NDArray[np.float64]
ById = Mapping[tuple[int, int], Mark]


def by_id(marks: Iterable[Mark]) -> ById:
    """Return the marks by kind and id, to compare them with others."""
    return {(mark.kind, mark.id): mark for mark in marks}


def features(a: ById, b: ById, days_apart: float | None) -> Row:
    """Return the features of a pair: shape (len(NAMES),). `days_apart` None: one is undated."""
    shared = dict.fromkeys(Kind, 0.0)
    lead = dict.fromkeys(Kind, 0.0)
    counts = dict.fromkeys(Kind, 0)
    common = 0
    if len(b) < len(a):
        a, b = b, a
    for key, mark in a.items():
        other = b.get(key)
        if other is None:
            continue
        weight = min(mark.weight, other.weight)
        shared[mark.kind] += weight
        counts[mark.kind] += weight >= TELLING
        common += mark.kind in COMPARED
        if mark.in_lead and other.in_lead:
            lead[mark.kind] += weight
    several = max(counts[Kind.NAME] - counts[Kind.FULL_NAME], 0)
    breadth = several + counts[Kind.PLACE] + counts[Kind.NUMBER] + counts[Kind.DATE]
    named = counts[Kind.NAME] + counts[Kind.SOUND]
    spellings = max(shared[Kind.SOUND] - shared[Kind.NAME], 0.0)
    return np.array(
        [
            log1p(shared[Kind.FULL_NAME]),
            log1p(spellings),
            log1p(lead[Kind.NAME]),
            log1p(lead[Kind.PLACE]),
            log1p(breadth),
            sqrt(common / (_compared(a) + _compared(b) - common)) if common else 0.0,
            log1p(shared[Kind.PLACE]),
            float(not named and breadth == counts[Kind.PLACE]),
            log1p(days_apart or 0.0),
            float(days_apart is None),
        ]
    )


def _compared(marks: ById) -> int:
    return sum(kind in COMPARED for kind, _ in marks)
