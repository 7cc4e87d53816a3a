"""Clusters: average linkage inside each connected component of the pairs that join.

Plain components chain unrelated stories together, so joining pairs only say which articles are
compared. Inside a component *every* pair is scored: taking the missing ones as 0 would underrate
large, slow stories. Two clusters merge while the mean of their pairs' margins, log-odds above the
bar of their crowd, is not below 0; as no pair across components has such a margin, the components
lose nothing. The outcome depends on the set of articles alone, so clustering just what a run
touched gives what clustering everything would give.
"""

from collections.abc import Iterable, Iterator
from itertools import compress

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsloom.scoring import probability
from newsloom.stories.crowd import bar, crowding
from newsloom.stories.features import features
from newsloom.stories.model import MAX_LOG_ODDS, Model, log_odds
from newsloom.stories.profiles import Profiles, from_table
from newsloom.stories.ragged import F64, I64

MAX_COMPONENT = 500
"""Articles whose pairs are all scored at once; a larger component is cut at a higher bar. So many
that no bar tells apart are a template, no event: they stay single."""
MAX_SPAN_DAYS = 60.0
"""No event is reported for longer; a cluster that lasts longer is cut at a higher bar."""
STRICTER = 0.5
"""By so much, in log-odds, the bar is raised at a time."""

Edge = tuple[str, str, float]
Members = NDArray[np.intp]
FAR = 4 * MAX_LOG_ODDS


class Cluster:
    """The articles of one story, most central first, and the mean score of their pairs."""

    def __init__(
        self, articles: Profiles, members: Members, scores: F64, raised_to: float | None = None
    ) -> None:
        """`scores` are those of the members' pairs: shape (members, members), diagonal 0."""
        centrality = scores.sum(axis=1)
        rows = members[np.lexsort((members, -np.round(centrality, 6)))]
        self.article_ids = [articles.ids[row] for row in rows]
        self.days = [float(articles.days[row]) for row in rows]
        titled = articles.totals.title[rows] > 0
        self.title_article_id = next(compress(self.article_ids, titled), None)
        count = len(rows)
        self.cohesion = float(centrality.sum() / (count * (count - 1))) if count > 1 else None
        self.raised_to = raised_to
        """The join score that an outsize component was split at; None where the usual one held."""

    def founder_order(self) -> list[str]:
        """Return the articles by date (undated last), then id: the first one founds the story."""
        dated = zip(self.days, self.article_ids, strict=True)
        return [a for _, a in sorted((float("inf") if d != d else d, a) for d, a in dated)]


def clusters(
    profiles: pa.Table,
    edges: Iterable[Edge],
    model: Model,
    parts: Iterable[tuple[frozenset[str], float]] | None = None,
) -> list[Cluster]:
    """Partition the articles of `profiles` (a table of PROFILE).

    `edges` are all live ones that an article of `profiles` is an end of, those to articles
    elsewhere included: they say how crowded it is. `parts` are the components, with the margin at
    which each holds, where they are known (see reach.py).
    """
    board = Board(from_table(profiles.sort_by("article_id")), edges, model)
    found: list[Cluster] = []
    for members, margin in board.parts(parts):
        found.extend(board.split(members, margin))
    return found


class Board:
    """The articles, how crowded each is, and the margins of the pairs that have edges."""

    def __init__(self, articles: Profiles, edges: Iterable[Edge], model: Model) -> None:
        self.articles = articles
        self.model = model
        rows = {article: row for row, article in enumerate(articles.ids)}
        inside = len(rows)
        known = [
            (rows.setdefault(a, len(rows)), rows.setdefault(b, len(rows)), score)
            for a, b, score in edges
        ]
        table = np.array(known, np.float64).reshape(-1, 3)
        a, b = table[:, 0].astype(np.intp), table[:, 1].astype(np.intp)
        odds = log_odds(table[:, 2])
        crowd = crowding(len(rows), a, b, odds, model)
        here = (a < inside) & (b < inside)
        self.crowding = crowd[:inside]
        self.a, self.b = a[here], b[here]
        self.margins = odds[here] - bar(crowd[self.a], crowd[self.b], model)

    def parts(
        self, known: Iterable[tuple[frozenset[str], float]] | None
    ) -> Iterable[tuple[Members, float]]:
        """Yield the components, as they are known or from the pairs."""
        if known is None:
            yield from self.components(np.arange(len(self.articles)), 0.0)
            return
        rows = {article: row for row, article in enumerate(self.articles.ids)}
        for members, margin in known:
            here = sorted(rows[article] for article in members if article in rows)
            if here:
                yield np.array(here, np.intp), margin

    def components(self, members: Members, margin: float) -> Iterator[tuple[Members, float]]:
        """Yield the components of the pairs that reach the margin, outsize ones at a higher."""
        for part in self._connected(members, margin):
            if len(part) <= MAX_COMPONENT:
                yield part, margin
            else:
                yield from self.components(part, margin + STRICTER)

    def _connected(self, members: Members, margin: float) -> Iterator[Members]:
        # Here and below, not above: a run with nothing new does without scipy, which loads slowly.
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        rank: I64 = np.full(len(self.articles), -1)
        rank[members] = np.arange(len(members))
        strong = self.margins >= margin
        a, b = rank[self.a[strong]], rank[self.b[strong]]
        both = (a >= 0) & (b >= 0)
        shape = (len(members), len(members))
        graph = coo_array((np.ones(both.sum()), (a[both], b[both])), shape=shape)
        count, labels = connected_components(graph, directed=False)
        order = np.argsort(labels, kind="stable")
        sizes = np.bincount(labels, minlength=count)
        yield from (part for part in np.split(members[order], np.cumsum(sizes)[:-1]) if len(part))

    def split(self, members: Members, margin: float) -> list[Cluster]:
        """Cut one component, found at this margin, by average linkage."""
        if len(members) == 1:
            return [Cluster(self.articles, members, np.zeros((1, 1)))]
        odds = self.pair_log_odds(members)
        scores = probability(odds)
        np.fill_diagonal(scores, 0)
        crowd = self.crowding[members]
        margins = odds - bar(crowd[:, None], crowd[None, :], self.model)
        return [
            Cluster(
                self.articles,
                members[part],
                scores[np.ix_(part, part)],
                _raised(max(margin, raised)) if len(part) > 1 else None,
            )
            for part, raised in self._linked(margins, np.arange(len(members)), members, 0.0)
        ]

    def _linked(
        self, margins: F64, part: Members, members: Members, margin: float
    ) -> Iterator[tuple[Members, float]]:
        """Yield clusters of positions in `members`, too long ones at a higher margin."""
        for found in _average_linkage(margins, part, margin):
            if len(found) > 1 and self._span(members[found]) > MAX_SPAN_DAYS and margin < FAR:
                yield from self._linked(margins, found, members, margin + STRICTER)
            else:
                yield found, margin

    def _span(self, members: Members) -> float:
        days = self.articles.days[members]
        dated = days[~np.isnan(days)]
        return float(dated.max() - dated.min()) if len(dated) else 0.0

    def pair_log_odds(self, members: Members) -> F64:
        """Return the log-odds of every pair of `members`: symmetric."""
        upper = np.triu_indices(len(members), 1)
        odds = np.zeros((len(members), len(members)))
        odds[upper] = self.log_odds(members[upper[0]], members[upper[1]])
        return odds + odds.T

    def log_odds(self, a: Members, b: Members) -> F64:
        """Return the log-odds of the pairs (a[k], b[k]), within what counts."""
        odds = self.model.log_odds(features(self.articles, a, b))
        odds = np.where(self.articles.one_language(a, b), odds, -MAX_LOG_ODDS)
        return np.clip(odds, -MAX_LOG_ODDS, MAX_LOG_ODDS)


def _average_linkage(margins: F64, part: Members, margin: float) -> list[Members]:
    """Merge clusters of `part` while the mean margin between two of them is not below `margin`."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(part) == 1:
        return [part]
    inside = margins[np.ix_(part, part)]
    distances = FAR - inside[np.triu_indices(len(part), 1)]
    labels = fcluster(linkage(distances, "average"), FAR - margin, "distance")
    return [part[labels == label] for label in np.unique(labels)]


def _raised(margin: float) -> float | None:
    """Return a margin as the score that goes with it, None for the usual one."""
    return float(probability(np.array([margin]))[0]) if margin else None
