"""How well a partition of articles agrees with the labelled events: BCubed, pairs, Rand index."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

I64 = NDArray[np.int64]
F64 = NDArray[np.float64]


class Agreement(NamedTuple):
    """Shares of 1. `rand` is the adjusted Rand index: 0 for a partition by chance."""

    bcubed_precision: float
    bcubed_recall: float
    bcubed_f1: float
    pair_precision: float
    pair_recall: float
    pair_f1: float
    rand: float


def agreement(labels: I64, found: I64) -> Agreement:
    """Compare the event of each article (`labels`) with the story that it was put in (`found`).

    BCubed is the mean, over the articles, of the share of an article's story that is its event, and
    of the share of its event that is in its story (Bagga and Baldwin 1998). Of no pairs at all, all
    are right.
    """
    of_label, of_story, both = _sizes(labels), _sizes(found), _sizes(_joint(labels, found))
    precision, recall = float((both / of_story).mean()), float((both / of_label).mean())
    labelled, said, right = _pairs(of_label), _pairs(of_story), _pairs(both)
    pair_precision = right / said if said else 1.0
    pair_recall = right / labelled if labelled else 1.0
    return Agreement(
        precision, recall, _f1(precision, recall),
        pair_precision, pair_recall, _f1(pair_precision, pair_recall),
        _adjusted_rand(labelled, said, right, len(labels)),
    )  # fmt: skip


def _joint(labels: I64, found: I64) -> I64:
    both = np.stack([labels, found], axis=1)
    numbers: I64 = np.unique(both, axis=0, return_inverse=True)[1].ravel()
    return numbers


def _sizes(groups: I64) -> F64:
    """Return for each article how many are in its group."""
    _, numbers, counts = np.unique(groups, return_inverse=True, return_counts=True)
    return counts[numbers].astype(np.float64)


def _pairs(sizes: F64) -> float:
    """Return how many pairs the groups hold, from the sizes as the articles see them."""
    return float((sizes - 1).sum() / 2)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _adjusted_rand(labelled: float, said: float, right: float, count: int) -> float:
    """Return the adjusted Rand index (Hubert and Arabie 1985) from counts of pairs."""
    every = count * (count - 1) / 2
    by_chance = labelled * said / every if every else 0.0
    most = (labelled + said) / 2
    return (right - by_chance) / (most - by_chance) if most != by_chance else 1.0
