"""The scorer: a logistic model over a pair's features, with its coefficients in model.json.

The file is written by benchmarks/story_training.py.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from newsloom.scoring import F64, Scorer, in_order
from newsloom.stories.features import NAMES


@dataclass(frozen=True)
class Model(Scorer):
    """A pair is kept as an edge from `keep_score` on; articles join from `join_score` on.

    In a crowd, where an article has `crowd_size` close neighbours, more is asked: see crowd.py.
    """

    keep_score: float
    join_score: float
    crowd_size: int
    crowd_weight: float
    crowd_free: float


def log_odds(scores: F64) -> F64:
    """Return the log-odds of probabilities; certainty counts as what 32 bits can tell from it."""
    sure = np.clip(scores, MIN_PROBABILITY, 1 - MIN_PROBABILITY)
    return np.log(sure) - np.log1p(-sure)


MIN_PROBABILITY = 1e-6
MAX_LOG_ODDS = 6.0
"""Beyond this nothing gets any surer: one pair of near copies must not outvote ten others."""


@cache
def load() -> Model:
    """Return the model that comes with the program."""
    return read(json.loads(files(__package__).joinpath("model.json").read_text("utf-8")))


def read(raw: dict[str, object]) -> Model:
    """Return the model that the content of a model file describes."""
    rest = {name: value for name, value in raw.items() if name not in ("coefficients", "note")}
    coefficients = in_order(raw["coefficients"], NAMES)
    return Model(coefficients=coefficients, **rest)  # type: ignore[arg-type]
