"""Which articles' stories can change when some articles are new, changed or gone.

New pairs change the crowding of the articles at their ends, that changes which pairs join, and
stories are clusters inside the components of the joining pairs. So what can change are the
components in which some pair has begun or ceased to join, or has become more or less crowded.

An outsize component falls into parts at a higher margin (see cluster.py), and only the parts that
hold something changed are clustered anew; of components that together have just outgrown the
limit, all.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet

import numpy as np

from newsloom.stories import cluster
from newsloom.stories.crowd import bar_between, crowding_of
from newsloom.stories.model import Model, log_odds

Edge = tuple[str, str, float]
Fetch = Callable[[set[str]], Iterable[Edge]]
"""Returns all live edges, from even odds on, that any of the articles is an end of."""


Part = tuple[frozenset[str], float]
"""A component's articles, and the margin at which it holds together."""


def reach(
    touched: set[str], former: set[str], around: set[str], fetch: Fetch, model: Model
) -> list[Part]:
    """Return the parts to cluster anew: disjoint, and each whole.

    touched: articles that are new, changed, or no members any more. former: those that had edges
    with one of these before; some of these edges may be gone. around: articles that are likely to
    be looked at, whose edges are worth fetching at once.
    """
    near = _Neighbourhood(fetch, model)
    near.load(touched | former | around)
    beside = near.beside(touched) | former
    near.load(beside)
    near.load(near.beside(beside))
    seeds = touched | former
    for article in beside - touched:
        if near.crowding(article) != near.crowding(article, without=touched):
            seeds.add(article)
            seeds.update(near.changed(article, touched))
    return list(_Parts(near, touched).of(seeds))


class _Parts:
    """Finds the parts of some articles, remembering which components are outsize."""

    def __init__(self, near: "_Neighbourhood", touched: set[str]) -> None:
        self.near = near
        self.touched = touched
        self.outsize: dict[float, set[str]] = defaultdict(set)
        self.outgrown: dict[float, set[str]] = {}

    def of(self, seeds: set[str]) -> Iterator[Part]:
        """Yield the parts of the seeds, and of what outgrew the limit together with them."""
        todo, done = sorted(seeds, reverse=True), set[str]()
        while todo:
            seed = todo.pop()
            if seed in done:
                continue
            members, margin, grown = self._part(seed)
            done |= members
            todo.extend(sorted(grown - done))
            yield frozenset(members), margin

    def _part(self, seed: str) -> tuple[set[str], float, set[str]]:
        """Return the seed's part, its margin, and what has to be looked at, too."""
        margin, grown = 0.0, set[str]()
        while margin < cluster.FAR:
            if seed not in self.outsize[margin]:
                found = self.near.closure(seed, margin, self.outsize[margin])
                if found is not None:
                    return found, margin, grown
            if margin not in self.outgrown:
                self.outgrown[margin] = self._outgrown(margin)
                grown |= self.outgrown[margin]
            margin += cluster.STRICTER
        return {seed}, margin, grown

    def _outgrown(self, margin: float) -> set[str]:
        """Return the components that were within the limit before the touched joined them."""
        near, grown, outsize = self.near, set[str](), set[str]()
        for article in sorted(near.joined(self.touched, margin) - self.touched):
            if article not in grown and article not in outsize:
                found = near.closure(article, margin, outsize, without=self.touched)
                grown |= found or set()
        return grown


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

    def crowding(self, article: str, without: AbstractSet[str] = frozenset()) -> float:
        """Return the crowding of a loaded article, as if some of its neighbours were not there."""
        links = self.links[article]
        if not without.isdisjoint(links):
            kept = (s for other, s in links.items() if other not in without)
            return crowding_of(kept, self.model)
        if article not in self._crowding:
            self._crowding[article] = crowding_of(links.values(), self.model)
        return self._crowding[article]

    def changed(self, article: str, touched: set[str]) -> Iterator[str]:
        """Yield the neighbours that the article joins now and did not before, or the reverse.

        That is so at any of the margins that an outsize component is cut at.
        """
        for other, strength in self.links[article].items():
            if other not in touched:
                then = strength - self._bar(article, other, without=touched)
                if _level(then) != _level(strength - self._bar(article, other)):
                    yield other

    def _bar(self, a: str, b: str, without: AbstractSet[str] = frozenset()) -> float:
        first, second = self.crowding(a, without), self.crowding(b, without)
        return bar_between(first, second, self.model)

    def joined(
        self, articles: AbstractSet[str], margin: float, without: AbstractSet[str] = frozenset()
    ) -> set[str]:
        """Return what pairs of this margin join with the articles, as if some were not there."""
        self.load(set(articles))
        self.load(self.beside(articles))
        return {
            other
            for article in articles
            for other, strength in self.links[article].items()
            if other not in without and strength - self._bar(article, other, without) >= margin
        }

    def closure(
        self, seed: str, margin: float, outsize: set[str], without: AbstractSet[str] = frozenset()
    ) -> set[str] | None:
        """Return all that pairs of this margin connect with the seed, as if some were not there.

        None where that is more than a component may have; what was found of it then is added to
        `outsize`.
        """
        inside, frontier = {seed}, {seed}
        while frontier:
            frontier = self.joined(frontier, margin, without) - inside
            inside |= frontier
            if len(inside) > cluster.MAX_COMPONENT or not outsize.isdisjoint(frontier):
                outsize |= inside
                return None
        return inside


def _level(margin: float) -> int:
    """Return the highest of the margins that components are cut at which this one reaches."""
    return int(max(margin, -1.0) // cluster.STRICTER)
