"""Clusters: average linkage inside each connected component of the kept edges.

Plain components chain unrelated stories together, so edges only say which articles are compared.
Inside a component *every* pair is scored, not just the edges: taking the missing ones as 0 would
underrate large, slow stories. The outcome depends on the set of articles alone, so reclustering
just the components that a run touched gives what clustering everything would give.
"""

from collections.abc import Iterable
from itertools import compress

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsloom.stories.features import features
from newsloom.stories.model import Model
from newsloom.stories.profiles import F64, Profiles, from_table

MAX_COMPONENT = 600
"""Articles whose pairs are all scored at once; a larger component is cut at a higher score."""
STRICTER = 0.1

Edge = tuple[str, str, float]


def clusters(profiles: pa.Table, edges: Iterable[Edge], model: Model) -> list["Cluster"]:
    """Partition the articles of `profiles` (a table of PROFILE); `edges` are those among them."""
    articles = from_table(profiles.sort_by("article_id"))
    numbers = {article: n for n, article in enumerate(articles.ids)}
    known = [(numbers[a], numbers[b], s) for a, b, s in edges if a in numbers and b in numbers]
    everything = np.arange(len(articles))
    triples = np.array(known, np.float64).reshape(-1, 3)
    found: list[Cluster] = []
    for members in _components(everything, triples, model.keep_score):
        found.extend(_split(articles, members, model))
    return found


class Cluster:
    """The articles of one story, most central first, and the mean score of their pairs."""

    raised_to: float | None = None
    """The join score that an outsize component was split at; None where the usual one held."""

    def __init__(self, articles: Profiles, members: NDArray[np.intp], scores: F64) -> None:
        """`scores` are those of the members' pairs: shape (members, members), diagonal 0."""
        centrality = scores.sum(axis=1)
        rows = members[np.lexsort((members, -np.round(centrality, 6)))]
        self.article_ids = [articles.ids[row] for row in rows]
        self.days = [float(articles.days[row]) for row in rows]
        titled = np.diff(articles.title.indptr)[rows] > 0
        self.title_article_id = next(compress(self.article_ids, titled), None)
        count = len(rows)
        self.cohesion = float(centrality.sum() / (count * (count - 1))) if count > 1 else None

    def founder_order(self) -> list[str]:
        """Return the articles by date (undated last), then id: the first one founds the story."""
        dated = zip(self.days, self.article_ids, strict=True)
        return [a for _, a in sorted((float("inf") if d != d else d, a) for d, a in dated)]


def _components(members: NDArray[np.intp], triples: F64, keep: float) -> Iterable[NDArray[np.intp]]:
    """Yield the connected components, cutting the edges below a rising score in outsize ones."""
    # Here and below, not above: a run with nothing new does without scipy, which loads slowly.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    strong = triples[triples[:, 2] >= keep]
    rank = np.full(1 + int(max(members.max(initial=-1), strong[:, :2].max(initial=-1))), -1)
    rank[members] = np.arange(len(members))
    ends = rank[strong[:, :2].astype(np.intp)]
    ends = ends[(ends >= 0).all(axis=1)]
    size = len(members)
    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(size, size))
    count, labels = connected_components(graph, directed=False)
    order = np.argsort(labels, kind="stable")
    for part in np.split(members[order], np.cumsum(np.bincount(labels, minlength=count))[:-1]):
        if len(part) > MAX_COMPONENT and keep < 1:
            yield from _components(part, triples, keep + STRICTER)
        elif len(part) > MAX_COMPONENT:
            # Even certain edges hold it together: cut it by id, which is at least stable.
            yield from np.array_split(part, -(-len(part) // MAX_COMPONENT))
        elif len(part):
            yield part


def _split(articles: Profiles, members: NDArray[np.intp], model: Model) -> list[Cluster]:
    """Cut one component by average linkage at the model's join score."""
    if len(members) == 1:
        return [Cluster(articles, members, np.zeros((1, 1)))]
    from scipy.cluster.hierarchy import fcluster, linkage

    scores = pair_scores(articles, members, model)
    tree = linkage(1 - scores[np.triu_indices(len(members), 1)], "average")
    labels = fcluster(tree, 1 - model.join_score, "distance")
    parts = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    return [Cluster(articles, members[part], scores[np.ix_(part, part)]) for part in parts]


def pair_scores(articles: Profiles, members: NDArray[np.intp], model: Model) -> F64:
    """Score every pair of `members`: symmetric, 0 on the diagonal."""
    upper = np.triu_indices(len(members), 1)
    scores = np.zeros((len(members), len(members)))
    scores[upper] = model.scores(features(articles, members[upper[0]], members[upper[1]]))
    return scores + scores.T
