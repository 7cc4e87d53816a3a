"""Why two articles of different languages are, or are not, one event: features and shared marks."""

from collections.abc import Iterable
from typing import NamedTuple

from newsloom.events.features import FEATURES, by_id, features
from newsloom.events.marks import Kind, Mark, marks
from newsloom.events.model import Model
from newsloom.scoring import FeatureLine, Shared

MOST_EVIDENCE = 12
KIND_NAMES = {
    Kind.FULL_NAME: "name", Kind.NAME: "name", Kind.SOUND: "name", Kind.PLACE: "place",
    Kind.NUMBER: "number", Kind.DATE: "day",
}  # fmt: skip


class Verdict(NamedTuple):
    """What the model says of two articles. `reports_one_event` compares with `link_score`."""

    score: float
    link_score: float
    reports_one_event: bool
    days_apart: float | None
    within_window: bool
    intercept: float
    features: list[FeatureLine]
    evidence: list[Shared]


def evidence(a: Iterable[Mark], b: Iterable[Mark]) -> list[Shared]:
    """Return what weighs most of what two articles share; each thing once, spellings side by side.

    A part of a shared full name, or a name that only sounds like one told already, adds nothing.
    """
    first, second = by_id(a), by_id(b)
    order = (Kind.FULL_NAME, Kind.NAME, Kind.SOUND, Kind.NUMBER, Kind.DATE, Kind.PLACE)
    told: set[str] = set()
    found: list[Shared] = []
    for kind in order:
        for key, mark in first.items():
            if key[0] != kind or key not in second:
                continue
            names = sorted({mark.name, second[key].name}, key=lambda n: (n != mark.name, n))
            words = {word.casefold() for name in names for word in name.replace("-", " ").split()}
            if kind in (Kind.NAME, Kind.SOUND) and words & told:
                continue
            told |= words
            weight = round(min(mark.weight, second[key].weight), 2)
            found.append(Shared(KIND_NAMES[kind], " / ".join(names), weight))
    found.sort(key=lambda shared: (-shared.weight, shared.kind, shared.name))
    return found[:MOST_EVIDENCE]


Text = tuple[str, str, str]
"""Headline, text and language."""


def explain(a: Text, b: Text, days_apart: float | None, model: Model) -> Verdict:
    """Judge two articles of different languages."""
    first, second = marks(*a), marks(*b)
    seen = features(by_id(first), by_id(second), days_apart)
    score = float(model.scores(seen[None, :])[0])
    inside = days_apart is None or days_apart <= model.window_days
    return Verdict(
        score=score,
        link_score=model.link_score,
        reports_one_event=inside and score >= model.link_score,
        days_apart=days_apart,
        within_window=inside,
        intercept=model.intercept,
        features=model.told(seen, FEATURES),
        evidence=evidence(first, second),
    )
