"""What the scorers of stories and of events have in common: a logistic model that can say why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

F64 = NDArray[np.float64]

EDGE = pa.schema(
    [
        pa.field("article_a", pa.string(), nullable=False),  # the lesser id of the two
        pa.field("article_b", pa.string(), nullable=False),
        pa.field("score", pa.float32(), nullable=False),  # probability of one event
        pa.field("features", pa.map_(pa.string(), pa.float32()), nullable=False),
        pa.field("model_version", pa.int32(), nullable=False),
    ]
)
"""A scored pair of articles. Features that are 0 are left out."""

EVIDENCE = pa.list_(
    pa.struct([("kind", pa.string()), ("name", pa.string()), ("weight", pa.float32())])
)
"""What two articles share: rows of Shared."""


class Shared(NamedTuple):
    """One thing that two articles both have, in words for a person."""

    kind: str
    name: str
    weight: float


class FeatureLine(NamedTuple):
    """One feature of a pair: its value, and what it adds to the log-odds of one event."""

    name: str
    value: float
    adds: float
    meaning: str


@dataclass(frozen=True)
class Scorer:
    """A logistic model over the features of pairs."""

    version: int
    intercept: float
    coefficients: F64  # in the order of the features

    def log_odds(self, features: F64) -> F64:
        """Return the logarithm of the odds that each pair (a row) reports one event."""
        odds: F64 = features @ self.coefficients + self.intercept
        return odds

    def scores(self, features: F64) -> F64:
        """Return the probability, 0 to 1, that each pair (a row) reports one event."""
        return probability(self.log_odds(features))

    def contributions(self, features: F64) -> F64:
        """Return what each feature adds to the log-odds: same shape as `features`."""
        return features * self.coefficients

    def told(self, seen: F64, meanings: Mapping[str, str]) -> list[FeatureLine]:
        """Return the features of one pair in words; `meanings` has them in their order."""
        return [
            FeatureLine(name, float(value), float(added), meaning)
            for (name, meaning), value, added in zip(
                meanings.items(), seen, self.contributions(seen), strict=True
            )
        ]


def probability(log_odds: F64) -> F64:
    """Return the probability that goes with the log-odds."""
    return 1 / (1 + np.exp(-log_odds))


def in_order(given: object, names: Sequence[str]) -> F64:
    """Return the coefficients of a model file in the order of the features it must name."""
    if not isinstance(given, dict) or set(given) != set(names):
        raise ValueError("model.json and features.py name different features")
    return np.array([given[name] for name in names])
