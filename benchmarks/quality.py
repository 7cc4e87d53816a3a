"""Precision, recall and their like, for any benchmark that says yes or no of pairs."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Quality(NamedTuple):
    """How well yes and no agree with the labels."""

    precision: float
    recall: float
    f1: float
    found: int  # how many were said to be one event


def quality(said: NDArray[np.bool_], labels: NDArray[np.float64]) -> Quality:
    """Compare what was said with the labels (1.0: yes)."""
    hits = float(labels[said].sum())
    found = int(said.sum())
    total = float(labels.sum())
    precision = hits / found if found else 1.0
    recall = hits / total if total else 1.0
    f1 = 2 * hits / (found + total) if found + total else 1.0
    return Quality(precision, recall, f1, found)


def average_precision(scores: NDArray[np.float64], labels: NDArray[np.float64]) -> float:
    """Return the area under precision over recall."""
    hits = labels[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / hits.sum()) if hits.sum() else 1.0
