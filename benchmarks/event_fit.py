"""Fits the logistic model of events, and measures it on folds that it has not seen."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.event_pairs import SAME_EVENT, Pair, compare, strangers
from newsloom.events.features import NAMES

F64 = NDArray[np.float64]

RIDGE = 5.0
PRECISION = 0.95
STRANGERS_WEIGHT = 200.0
"""All pairs of strangers together weigh as much as so many labelled pairs."""
UNDATED_WEIGHT = 0.5
_NEVER_FOR = frozenset(("days_apart", "undated", "only_places"))
"""These may only speak against one event; all others only for it."""
PENALTIES = {"undated": 2.0, "only_places": 1.0}
"""Set by hand against a pair beyond what the fit finds, in log-odds: precision goes first.

Without its date, a report of the same people weeks later looks the same; and two unrelated events
of one day may well take place in the same two countries.
"""


class Samples(NamedTuple):
    """Features (a row a pair), 1.0 for one event, and the weight of each pair."""

    features: F64
    labels: F64
    weights: F64

    def plus(self, other: "Samples") -> "Samples":
        """Return both together."""
        return Samples(*(np.concatenate(columns) for columns in zip(self, other, strict=True)))


def samples(pairs: Sequence[Pair]) -> Samples:
    """Return the labelled pairs, and again without their dates, at half the weight."""
    labels = np.array([pair.overall <= SAME_EVENT for pair in pairs], np.float64)
    dated = np.array([compare(pair.a, pair.b) for pair in pairs])
    undated = np.array([compare(pair.a, pair.b, dated=False) for pair in pairs])
    one = np.ones(len(pairs))
    return Samples(dated, labels, one).plus(Samples(undated, labels, one * UNDATED_WEIGHT))


def stranger_samples(pairs: Sequence[Pair]) -> Samples:
    """Return pairs of articles that have nothing to do with each other."""
    rows = np.array([compare(a, b) for a, b in strangers(list(pairs))])
    return Samples(
        rows, np.zeros(len(rows)), np.full(len(rows), STRANGERS_WEIGHT / max(len(rows), 1))
    )


def fit(given: Samples) -> F64:
    """Return intercept and coefficients: ridge regression with the signs that make sense."""
    scale = given.features.std(axis=0)
    design = np.column_stack([np.ones(len(given.labels)), given.features])
    signs = 2 * given.labels - 1
    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    bounds += [(None, 0.0) if name in _NEVER_FOR else (0.0, None) for name in NAMES]

    def loss(beta: F64) -> tuple[float, F64]:
        logits = design @ beta
        chance = 1 / (1 + np.exp(-logits))
        slope = design.T @ (given.weights * (chance - given.labels))
        slope[1:] += RIDGE * beta[1:] * scale**2
        value = float((given.weights * np.logaddexp(0, -signs * logits)).sum())
        return value + RIDGE / 2 * float(((beta[1:] * scale) ** 2).sum()), slope

    found = minimize(
        loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds,
        options={"maxiter": 1000},
    )  # fmt: skip
    result: F64 = found.x
    for name, penalty in PENALTIES.items():
        result[1 + NAMES.index(name)] -= penalty
    return result


def scores(beta: F64, rows: F64) -> F64:
    """Return the probabilities that a fitted model gives."""
    result: F64 = 1 / (1 + np.exp(-(beta[0] + rows @ beta[1:])))
    return result


def precise_threshold(given: F64, labels: F64) -> float:
    """Return the least score from which on PRECISION is reached; 1.0 where it never is."""
    order = np.argsort(-given, kind="stable")
    precision = np.cumsum(labels[order]) / np.arange(1, len(order) + 1)
    reached = np.flatnonzero(precision >= PRECISION)
    return float(given[order[reached[-1]]]) if len(reached) else 1.0
