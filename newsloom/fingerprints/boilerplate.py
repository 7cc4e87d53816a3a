"""Boilerplate: the footers, notices and calls to subscribe that a site prints under its articles.

A shingle that many otherwise different articles of *one site* share is boilerplate of that site. A
wire story that eighty papers print is shared by eighty sites, and by one article of each: it stays.

    picks(ordered)           the shingles of a text that are worth counting
    boilerplate(pages)       which picks of each site are boilerplate
    telling(ordered, known)  which shingles of a text are none

Not every shingle is counted: of each window of 8, the one with the least hash (winnowing, Schleimer
et al. 2003). Two texts that share 12 words in a row share a pick there, wherever the passage
stands, and there are a quarter as many picks as shingles.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsloom.fingerprints.hashing import I64, U64

WINDOW = 8
"""Consecutive shingles of which one is picked at least."""
MIN_CARRIERS = 10
"""So many different articles of a site must carry a shingle to make it boilerplate. Fewer are
follow-ups that repeat a paragraph of background."""


def picked(ordered: U64) -> I64:
    """Return the places, ascending, of the least shingle in each window; the last of equal ones."""
    if len(ordered) <= WINDOW:
        return np.array(
            [len(ordered) - 1 - ordered[::-1].argmin()] if len(ordered) else [], np.int64
        )
    windows = np.lib.stride_tricks.sliding_window_view(ordered, WINDOW)
    least = WINDOW - 1 - windows[:, ::-1].argmin(axis=1)
    return np.unique(least + np.arange(len(windows)))


def picks(ordered: U64) -> U64:
    """Return the distinct picked shingles of a text, ascending."""
    return np.unique(ordered[picked(ordered)])


class Page(NamedTuple):
    """A text as far as boilerplate goes.

    `group` is the same for an article, its revisions and its copies: they count once, because the
    same text again says nothing about the site.
    """

    site: str
    group: str
    picks: U64


def boilerplate(pages: Iterable[Page]) -> dict[str, U64]:
    """Return the boilerplate picks of each site that has any, ascending; the order is no matter."""
    groups: dict[str, dict[str, list[U64]]] = defaultdict(lambda: defaultdict(list))
    for page in pages:
        groups[page.site][page.group].append(page.picks)
    found = {}
    for site, texts in groups.items():
        carried = [np.unique(np.concatenate(versions)) for versions in texts.values()]
        values, counts = np.unique(np.concatenate(carried), return_counts=True)
        if len(common := values[counts >= MIN_CARRIERS]):
            found[site] = common
    return found


def telling(ordered: U64, known: U64) -> NDArray[np.bool_]:
    """Return which shingles of a text are not boilerplate; `known` are its site's, ascending.

    Between two boilerplate picks that stand in neighbouring windows everything is boilerplate.
    """
    places = picked(ordered)
    kept = np.ones(len(ordered), np.bool_)
    if not len(places) or not len(known):
        return kept
    at = np.minimum(np.searchsorted(known, ordered[places]), len(known) - 1)
    found = places[known[at] == ordered[places]]
    kept[found] = False
    for first, last in pairwise(found.tolist()):
        if last - first <= WINDOW:
            kept[first:last] = False
    return kept
