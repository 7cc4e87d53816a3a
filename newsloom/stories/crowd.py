"""Crowds: where many articles are alike, likeness says less.

A running topic (an election, a war, the weather) puts every article among many close neighbours.
There, two reports of one event are still closer to each other than to the rest, so what it takes to
join rises with the neighbourhood: an article's *crowding* is the mean of the log-odds, above even
odds, of its three closest neighbours; two articles join where their log-odds reach `bar`.

Two articles alone have no crowd, and are judged by their score alone.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from newsloom.stories.model import MAX_LOG_ODDS, Model
from newsloom.stories.ragged import F64

Rows = NDArray[np.intp]


def crowding(size: int, a: Rows, b: Rows, log_odds: F64, model: Model) -> F64:
    """Return the crowding of each of `size` articles, from the pairs (a[k], b[k]).

    Pairs below even odds do not count, so all that do must be given for an article.
    """
    near = log_odds > 0
    ends = np.concatenate([a[near], b[near]])
    strength = np.minimum(np.tile(log_odds[near], 2), MAX_LOG_ODDS)
    order = np.lexsort((-strength, ends))
    ends, strength = ends[order], strength[order]
    rank = np.arange(len(ends)) - np.searchsorted(ends, ends)
    closest = rank < model.crowd_size
    return np.bincount(ends[closest], strength[closest], size) / model.crowd_size


def crowding_of(strengths: Iterable[float], model: Model) -> float:
    """Return one article's crowding from the log-odds to its neighbours."""
    closest = sorted((min(s, MAX_LOG_ODDS) for s in strengths if s > 0), reverse=True)
    return sum(closest[: model.crowd_size]) / model.crowd_size


def bar_between(first: float, second: float, model: Model) -> float:
    """Return `bar` of one pair."""
    return max(model.crowd_weight * ((first + second) / 2 - model.crowd_free), 0.0)


def bar(first: F64, second: F64, model: Model) -> F64:
    """Return the log-odds that two articles of these crowdings need in order to join."""
    raised: F64 = model.crowd_weight * ((first + second) / 2 - model.crowd_free)
    return np.maximum(raised, 0)
