"""The verdict on one pair: every feature, what it adds, and the score it comes to."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from newsloom.scoring import FeatureLine, probability
from newsloom.stories import candidates
from newsloom.stories.cluster import Board, Edge
from newsloom.stories.crowd import bar
from newsloom.stories.features import FEATURES, features
from newsloom.stories.model import Model
from newsloom.stories.profiles import from_table


class Verdict(NamedTuple):
    """What the model says of two articles.

    `reports_one_event` compares with `join_score`; `within_window` holds for one language only.
    """

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
        features=model.told(seen[0], FEATURES),
    )


class Margins(NamedTuple):
    """What the clustering weighs: log-odds above the bar that the articles' crowds set."""

    needed_score: float | None  # what a pair of the two needs on average, their crowds considered
    mean: float | None  # the mean margin of the pairs; two clusters join from 0 on


def mean_margin(
    profiles: pa.Table, edges: Iterable[Edge], first: set[str], second: set[str], model: Model
) -> Margins:
    """Return the mean margin of the pairs between two sets of articles.

    `profiles` is a table of PROFILE that holds both; `edges` are all live ones at their ends.
    """
    board = Board(from_table(profiles.sort_by("article_id")), edges, model)
    rows = {article: row for row, article in enumerate(board.articles.ids)}
    pairs = [(rows[a], rows[b]) for a in sorted(first) for b in sorted(second) if a != b]
    if not pairs:
        return Margins(None, None)
    a, b = np.array(pairs, np.intp).T
    bars = bar(board.crowding[a], board.crowding[b], model)
    margins = board.log_odds(a, b) - bars
    return Margins(float(probability(bars).mean()), float(margins.mean()))
