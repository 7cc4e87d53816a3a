"""The scorer of pairs across languages: a logistic model, with its coefficients in model.json.

`python -m benchmarks.event_training DATA --write` makes the file anew.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsloom.events.features import NAMES
from newsloom.scoring import Scorer, in_order


@dataclass(frozen=True)
class Model(Scorer):
    """Pairs are kept as edges from `keep_score`; stories are linked from `link_score` on."""

    keep_score: float
    link_score: float
    window_days: int  # articles further apart are never one event


@cache
def load() -> Model:
    """Return the model that comes with the program."""
    raw = json.loads(files(__package__).joinpath("model.json").read_text("utf-8"))
    return Model(
        version=raw["version"],
        intercept=raw["intercept"],
        coefficients=in_order(raw["coefficients"], NAMES),
        keep_score=raw["keep_score"],
        link_score=raw["link_score"],
        window_days=raw["window_days"],
    )
