"""Which articles' stories can change when some articles are new, changed or gone.

New pairs change the crowding of the articles at their ends, that changes which pairs join, and
stories are clusters inside the components of the joining pairs. So what can change are the
components in which some pair has begun or ceased to join, or has become more or less crowded.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

import numpy as np

from newsloom.stories.crowd import bar, crowding_of
from newsloom.stories.model import Model, log_odds

Edge = tuple[str, str, float]
Fetch = Callable[[set[str]], Iterable[Edge]]
"""Returns all live edges, from even odds on, that any of the articles is an end of."""


def reach(touched: set[str], former: set[str], fetch: Fetch, model: Model) -> set[str]:
    """Return the articles to cluster anew.

    touched: articles that are new, changed, or no members any more. former: those that had edges
    with one of these before; some of these edges may be gone.
    """
    near = _Neighbourhood(fetch, model)
    near.load(touched)
    beside = near.beside(touched) | former
    near.load(beside)
    near.load(near.beside(beside))
    seeds = touched | former
    for article in beside - touched:
        if near.crowding(article) != near.crowding(article, without=touched):
            seeds.add(article)
            seeds.update(near.changed(article, touched))
    return near.closure(seeds)


class _Neighbourhood:
    """The live edges around some articles, fetched as they are needed."""

    def __init__(self, fetch: Fetch, model: Model) -> None:
        self.fetch = fetch
        self.model = model
        self.links: dict[str, dict[str, float]] = defaultdict(dict)
        self.loaded: set[str] = set()
        self._crowding: dict[str, float] = {}

    def load(self, articles: set[str]) -> None:
        """Fetch all edges of these articles."""
        missing = articles - self.loaded
        if not missing:
            return
        edges = list(self.fetch(missing))
        strengths = log_odds(np.array([score for _, _, score in edges], np.float64))
        for (a, b, _), strength in zip(edges, strengths.tolist(), strict=True):
            self.links[a][b] = self.links[b][a] = strength
        self.loaded |= missing

    def beside(self, articles: Iterable[str]) -> set[str]:
        """Return the neighbours of these articles."""
        return {other for article in articles for other in self.links[article]}

    def crowding(self, article: str, without: Iterable[str] = ()) -> float:
        """Return the crowding of a loaded article, as if some of its neighbours were not there."""
        links, left_out = self.links[article], set(without)
        if left_out:
            kept = (s for other, s in links.items() if other not in left_out)
            return crowding_of(kept, self.model)
        if article not in self._crowding:
            self._crowding[article] = crowding_of(links.values(), self.model)
        return self._crowding[article]

    def changed(self, article: str, touched: set[str]) -> Iterable[str]:
        """Yield the neighbours that the article joins now and did not before, or the reverse."""
        before = self.crowding(article, without=touched)
        for other, strength in self.links[article].items():
            if other not in touched:
                then = strength - _bar(before, self.crowding(other, without=touched), self.model)
                if (then >= 0) != self.joins(article, other):
                    yield other

    def joins(self, a: str, b: str) -> bool:
        """Tell whether the pair of two loaded articles joins now."""
        return self.links[a][b] >= _bar(self.crowding(a), self.crowding(b), self.model)

    def closure(self, seeds: set[str]) -> set[str]:
        """Return the seeds and all that joining pairs connect with them."""
        inside, frontier = set(seeds), set(seeds)
        while frontier:
            self.load(frontier)
            self.load(self.beside(frontier))
            frontier = {
                other
                for article in frontier
                for other in self.links[article]
                if other not in inside and self.joins(article, other)
            }
            inside |= frontier
        return inside


def _bar(first: float, second: float, model: Model) -> float:
    return float(bar(np.float64(first), np.float64(second), model))  # type: ignore[arg-type]
