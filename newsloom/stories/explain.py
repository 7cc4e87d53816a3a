"""The verdict on one pair: every feature, what it adds, and the score it comes to."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from newsloom.stories import candidates
from newsloom.stories.features import FEATURES, NAMES, features
from newsloom.stories.model import Model
from newsloom.stories.profiles import from_table


class FeatureLine(NamedTuple):
    """One feature of a pair: its value, and what it adds to the log-odds of one event."""

    name: str
    value: float
    adds: float
    meaning: str


class Verdict(NamedTuple):
    """What the model says of two articles. `reports_one_event` compares with `join_score`."""

    score: float
    keep_score: float
    join_score: float
    reports_one_event: bool
    shared_bands: int
    band_count: int
    days_apart: float | None
    window_days: float
    within_window: bool
    intercept: float
    features: list[FeatureLine]


def explain(pair: pa.Table, window_days: float, model: Model) -> Verdict:
    """Judge the two articles of `pair`, a table of PROFILE with two rows."""
    articles = from_table(pair)
    a, b = np.array([0]), np.array([1])
    seen = features(articles, a, b)
    score = float(model.scores(seen)[0])
    apart = float(abs(articles.days[0] - articles.days[1]))
    inside = len(candidates.within_window(articles, (a, b), window_days)[0]) == 1
    first, second = pair["story_keys"].to_pylist()
    adds = model.contributions(seen)[0]
    return Verdict(
        score=score,
        keep_score=model.keep_score,
        join_score=model.join_score,
        reports_one_event=inside and score >= model.join_score,
        shared_bands=len(set(first) & set(second)),
        band_count=max(len(first), len(second)),
        days_apart=None if np.isnan(apart) else apart,
        window_days=window_days,
        within_window=inside,
        intercept=model.intercept,
        features=[
            FeatureLine(name, float(value), float(added), FEATURES[name])
            for name, value, added in zip(NAMES, seen[0], adds, strict=True)
        ],
    )


def mean_score(profiles: pa.Table, first: set[str], second: set[str], model: Model) -> float | None:
    """Return the mean score of the pairs between two sets of articles, None where there are none.

    `profiles` is a table of PROFILE that holds both. It is what average linkage decides by.
    """
    articles = from_table(profiles)
    rows = {article: row for row, article in enumerate(articles.ids)}
    pairs = [(rows[a], rows[b]) for a in sorted(first) for b in sorted(second) if a != b]
    if not pairs:
        return None
    a, b = np.array(pairs, np.intp).T
    return float(model.scores(features(articles, a, b)).mean())
