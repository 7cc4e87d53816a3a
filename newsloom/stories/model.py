"""The scorer: a logistic model over a pair's features, with its coefficients in model.json."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from newsloom.stories.features import NAMES
from newsloom.stories.profiles import F64


@dataclass(frozen=True)
class Model:
    """A pair is kept as an edge from `keep_score`, articles join at a mean of `join_score`."""

    version: int
    intercept: float
    coefficients: F64  # in the order of features.NAMES
    keep_score: float
    join_score: float

    def scores(self, features: F64) -> F64:
        """Return the probability, 0 to 1, that each pair reports one event."""
        return 1 / (1 + np.exp(-(features @ self.coefficients + self.intercept)))

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
        join_score=raw["join_score"],
    )
