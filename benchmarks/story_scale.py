"""Stories of all the news there is: from nothing, and then with some more articles."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks import story_sets
from benchmarks.story_engines import WINDOW_DAYS, grouped, triples
from benchmarks.story_sets import NewsSet
from benchmarks.story_strain import Clock, Strain
from newsloom import stories
from newsloom.pool import Pool
from newsloom.stories.reach import Edge, reach

BULK = ("reuters21578.jsonl.gz", "bbc.jsonl.gz", "politics_10k.jsonl.gz")
WORKERS, ROWS_A_JOB = 2, 250
NEW = 500
LEAST_SCORE = 0.5
"""Even odds: edges below count neither for crowds nor for joining."""


def scale(data: Path) -> Strain:
    """Make the stories of all articles but the new ones, then add these."""
    model, given = stories.load(), everything(data)
    clock = Clock()
    table = _signed(given)
    clock.lap("sign, 2 processes")
    order = np.random.default_rng(1).permutation(len(given))
    new, stored = table.take(order[:NEW]), table.take(np.sort(order[NEW:]))
    clock.lap("")
    edges = stories.link(stored, stored.slice(0, 0), WINDOW_DAYS, model)
    clock.lap("link")
    sizes = Counter(grouped(stored, edges, model).tolist())
    clock.lap("cluster")
    known = triples(edges)
    index = index_of(known)
    clock.lap("")
    fresh = triples(stories.link(new, stored, WINDOW_DAYS, model))
    clock.lap(f"link {NEW} new")
    for edge in fresh:
        _put(index, edge)
    touched = set(new["article_id"].to_pylist())
    parts = reach(touched, set(), set(), lambda some: edges_of(index, some), model)
    reached = set[str]().union(*(members for members, _ in parts))
    clock.lap("reach")
    part = table.filter(pc.is_in(table["article_id"], pa.array(sorted(reached))))
    found = stories.clusters(part, edges_of(index, reached), model, parts)
    clock.lap("cluster reached")
    laps = {name: seconds for name, seconds in clock.laps.items() if name}
    counts = {
        "edges": len(known),
        f"edges of {NEW} new articles": len(fresh),
        "articles reached by these": len(reached),
        "stories of what is reached": len(found),
    }
    return Strain("scale", len(given), max(sizes.values()), len(sizes), laps, counts)


def everything(data: Path) -> NewsSet:
    """Return the articles of all collections, labels left out."""
    paths = [data / "bulk" / name for name in BULK]
    paths += [data / "stories" / name for name in story_sets.LABELLED.values()]
    rows = [{**row, "cluster": None} for path in paths for row in story_sets.rows(path)]
    return story_sets.news("everything", rows)


def _signed(given: NewsSet) -> pa.Table:
    """Return the PROFILEs, signed by two processes as an ingest does."""
    jobs = [(given, some) for some in story_sets.batches(len(given), ROWS_A_JOB)]
    with Pool(WORKERS) as pool:
        parts = pool.map("benchmarks.story_scale:part_signed", (_part(*job) for job in jobs))
    table = pa.concat_tables(parts)
    ids = pa.array([f"{n:06d}" for n in range(len(given))], pa.string())
    return table.set_column(0, stories.PROFILE.field(0), ids).combine_chunks()


def _part(given: NewsSet, some: slice) -> tuple[NewsSet]:
    columns = {
        name: getattr(given, name)[some]
        for name in ("titles", "texts", "languages", "moments", "labels", "sources")
    }
    return (NewsSet(given.name, **columns),)


def part_signed(given: NewsSet) -> pa.Table:
    """Return the PROFILEs of some articles (what a worker does)."""
    return story_sets.profiles(given)


def index_of(edges: Iterable[Edge]) -> dict[str, list[Edge]]:
    """Return the edges that count, by the article at either end."""
    index: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        _put(index, edge)
    return index


def _put(index: dict[str, list[Edge]], edge: Edge) -> None:
    if edge[2] >= LEAST_SCORE:
        index[edge[0]].append(edge)
        index[edge[1]].append(edge)


def edges_of(index: dict[str, list[Edge]], articles: set[str]) -> list[Edge]:
    """Return the edges that any of the articles is an end of, each once."""
    return sorted({edge for article in articles for edge in index.get(article, ())})
