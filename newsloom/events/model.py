"""The scorer of pairs across languages: a logistic model, with its coefficients in model.json.

`python -m benchmarks.event_training DATA --write` makes the file anew.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from newsloom.events.features import NAMES

F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """Pairs are kept as edges from `keep_score`; stories are linked from `link_score` on."""

    version: int
    intercept: float
    coefficients: F64  # in the order of features.NAMES
    keep_score: float
    link_score: float
    window_days: int  # articles further apart are never one event

    def scores(self, features: F64) -> F64:
        """Return the probability, 0 to 1, that each pair (a row) reports one event."""
        scores: F64 = 1 / (1 + np.exp(-(features @ self.coefficients + self.intercept)))
        return scores

    def contributions(self, features: F64) -> F64:
        """Return what each feature adds to the log-odds: same shape as `features`."""
        return features * self.coefficients


@cache
def load() -> Model:
    """Return the model that comes with the program."""
    raw = json.loads(files(__package__).joinpath("model.json").read_text("utf-8"))
    given = raw["coefficients"]
    if set(given) != set(NAMES):
        raise ValueError(f"model.json and features.py disagree: {set(given) ^ set(NAMES)}")
    return Model(
        version=raw["version"],
        intercept=raw["intercept"],
        coefficients=np.array([given[name] for name in NAMES]),
        keep_score=raw["keep_score"],
        link_score=raw["link_score"],
        window_days=raw["window_days"],
    )
