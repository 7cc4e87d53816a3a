"""Finds the stories among the articles of a set: Newsloom, and the peers measured beside it.

Each takes the same titles and texts, and says for each article in which group it is. Where a peer
needs a threshold, one serves all the sets: it is chosen on the labels of these very sets, which is
more than a peer could know, and the best that it can do with one setting.
"""

import importlib
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks import story_sets
from benchmarks.story_measures import F64, I64, agreement
from benchmarks.story_sets import NewsSet
from newsloom import stories

WINDOW_DAYS = 30.0
CUTS = np.round(np.arange(0.05, 1.0, 0.025), 3)
"""Distances, 1 less the cosine, that a peer's clusters may be cut at."""
MAX_DAYS_APART = 3.0
FORBIDDEN = 1e6
SHINGLE_WORDS = 3
MINHASH_THRESHOLD = 0.5
EMBEDDING = "WordLlama 0.4 (l2_supercat, 256 dimensions; MIT)"


@dataclass(frozen=True)
class Grouped:
    """What an engine found: the group of each article of a set, and the time that it took."""

    groups: I64
    cpu_seconds: float


def newsloom(given: NewsSet, model: stories.Model) -> Grouped:
    """Sign, link and cluster."""
    began = time.process_time()
    table = story_sets.profiles(given)
    groups = grouped(table, stories.link(table, table.slice(0, 0), WINDOW_DAYS, model), model)
    return Grouped(groups, time.process_time() - began)


def grouped(table: pa.Table, edges: pa.Table, model: stories.Model) -> I64:
    """Return the number of each row's story."""
    ids = table["article_id"].to_pylist()
    story = {
        article: number
        for number, cluster in enumerate(stories.clusters(table, triples(edges), model))
        for article in cluster.article_ids
    }
    return np.array([story[article] for article in ids], np.int64)


def triples(edges: pa.Table) -> list[tuple[str, str, float]]:
    """Return edges as (article, article, score)."""
    columns = (edges[name].to_pylist() for name in ("article_a", "article_b", "score"))
    return list(zip(*columns, strict=True))


def alone(sets: Sequence[NewsSet]) -> list[Grouped]:
    """Put every article in a story of its own."""
    return [Grouped(np.arange(len(given)), 0.0) for given in sets]


def tfidf(sets: Sequence[NewsSet]) -> list[Grouped]:
    """Cut average linkage over the cosine of TF-IDF vectors (scikit-learn)."""
    return _cut_alike(sets, _tfidf_vectors, max_days=np.inf)


def tfidf_in_days(sets: Sequence[NewsSet]) -> list[Grouped]:
    """Do the same, but never put articles together that are further apart than three days."""
    return _cut_alike(sets, _tfidf_vectors, max_days=MAX_DAYS_APART)


def embedded(sets: Sequence[NewsSet]) -> list[Grouped]:
    """Cut average linkage over the cosine of embeddings (EMBEDDING)."""
    package = importlib.import_module("wordllama")
    # It looks for its own tokenizer in a folder of another name, unless told to look here.
    here = Path(str(package.__file__)).parent
    loaded = package.WordLlama.load(cache_dir=here, disable_download=True)
    return _cut_alike(sets, lambda texts: loaded.embed(texts, norm=True), max_days=np.inf)


def minhash(sets: Sequence[NewsSet]) -> list[Grouped]:
    """Take the components of what datasketch's MinHashLSH finds alike, at its defaults."""
    return [_minhash(given) for given in sets]


Peer = Callable[[Sequence[NewsSet]], list[Grouped]]
PEERS: dict[str, tuple[Peer, str]] = {
    "TF-IDF": (tfidf, "sklearn"),
    "TF-IDF, 3 days": (tfidf_in_days, "sklearn"),
    "MinHashLSH": (minhash, "datasketch"),
    "embeddings": (embedded, "wordllama"),
    "each alone": (alone, "numpy"),
}
"""The peers' names, and the module that has to be installed for each."""


def installed(module: str) -> bool:
    """Tell whether a peer's module is there."""
    return find_spec(module) is not None


def words_of(given: NewsSet) -> list[str]:
    """Return what the peers read of each article."""
    return [f"{title}\n{text}" for title, text in zip(given.titles, given.texts, strict=True)]


def _cut_alike(
    sets: Sequence[NewsSet], vectors: Callable[[list[str]], Any], max_days: float
) -> list[Grouped]:
    trees, seconds = [], []
    _tree(vectors(["some words", "to load", "what is needed"]), np.zeros(3), max_days)
    for given in sets:
        began = time.process_time()
        trees.append(_tree(vectors(words_of(given)), _days(given), max_days))
        seconds.append(time.process_time() - began)
    cut = max(CUTS, key=lambda cut: _mean_f1(sets, trees, cut))
    return [Grouped(_cut(tree, cut), took) for tree, took in zip(trees, seconds, strict=True)]


def _mean_f1(sets: Sequence[NewsSet], trees: Sequence[F64], cut: float) -> float:
    found = (
        agreement(given.labels, _cut(tree, cut)).bcubed_f1
        for given, tree in zip(sets, trees, strict=True)
    )
    return float(np.mean(list(found)))


def _tfidf_vectors(texts: list[str]) -> Any:
    text = importlib.import_module("sklearn.feature_extraction.text")
    return text.TfidfVectorizer(sublinear_tf=True).fit_transform(texts)


def _tree(vectors: Any, days: F64, max_days: float) -> F64:
    """Return scipy's linkage of unit vectors, articles too far apart in time never joined."""
    from scipy.cluster.hierarchy import linkage

    alike = vectors @ vectors.T
    dense = np.asarray(alike.todense() if hasattr(alike, "todense") else alike, np.float64)
    upper = np.triu_indices(len(dense), 1)
    distances = np.clip(1 - dense[upper], 0, 1)
    distances[np.abs(days[upper[0]] - days[upper[1]]) > max_days] = FORBIDDEN
    tree: F64 = linkage(distances, "average")
    return tree


def _cut(tree: F64, cut: float) -> I64:
    from scipy.cluster.hierarchy import fcluster

    return fcluster(tree, cut, "distance").astype(np.int64)


def _days(given: NewsSet) -> F64:
    moments = np.array([when or "NaT" for when in given.moments], "datetime64[us]")
    days: NDArray[np.float64] = (moments - np.datetime64(0, "us")) / np.timedelta64(1, "D")
    return days


def _minhash(given: NewsSet) -> Grouped:
    from datasketch import MinHash, MinHashLSH
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    began = time.process_time()
    index, pairs = MinHashLSH(threshold=MINHASH_THRESHOLD), [(0, 0)]
    for number, text in enumerate(words_of(given)):
        made = MinHash()
        made.update_batch([shingle.encode() for shingle in _shingles(text)])
        pairs += [(other, number) for other in index.query(made)]
        index.insert(number, made)
    a, b = np.array(pairs).T
    graph = coo_array((np.ones(len(a)), (a, b)), shape=(len(given), len(given)))
    groups = connected_components(graph, directed=False)[1].astype(np.int64)
    return Grouped(groups, time.process_time() - began)


def _shingles(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    last = max(len(words) - SHINGLE_WORDS + 1, 1)
    return {" ".join(words[at : at + SHINGLE_WORDS]) for at in range(last)}
