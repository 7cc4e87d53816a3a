"""Linking: the scored pairs between new articles and all that may report the same event."""

import numpy as np
import pyarrow as pa

from newsloom.scoring import EDGE
from newsloom.stories import candidates
from newsloom.stories.features import NAMES, features
from newsloom.stories.model import Model
from newsloom.stories.profiles import Profiles, from_table
from newsloom.stories.ragged import F64, Rows

PAIRS_AT_ONCE = 100_000
"""Bounds the memory of their features: 16 MB."""
LEAST_TOLD = 0.00005
"""A feature below this is 0 in the four digits that are stored, and left out."""


def link(new: pa.Table, stored: pa.Table, window_days: float, model: Model) -> pa.Table:
    """Return the EDGEs among `new` and between `new` and `stored` (both tables of PROFILE).

    An edge is kept from the model's `keep_score` on. A pair's edge depends on the pair alone.
    """
    table = pa.concat_tables([new, stored]).combine_chunks()
    articles = from_table(table)
    is_new = np.arange(len(articles)) < new.num_rows
    a, b = candidates.pairs(articles, table["story_keys"], is_new, window_days)
    cuts = [slice(n, n + PAIRS_AT_ONCE) for n in range(0, len(a), PAIRS_AT_ONCE)]
    scored = (_scored(articles, a[cut], b[cut], model) for cut in cuts)
    edges = pa.concat_tables([EDGE.empty_table(), *scored])
    return edges.sort_by([("article_a", "ascending"), ("article_b", "ascending")])


def _scored(articles: Profiles, a: Rows, b: Rows, model: Model) -> pa.Table:
    """Return the edges among some pairs."""
    seen = features(articles, a, b)
    scores = model.scores(seen)
    kept = scores >= model.keep_score
    return _edges(articles.ids, a[kept], b[kept], scores[kept], seen[kept], model)


def _edges(
    ids: list[str],
    a: Rows,
    b: Rows,
    scores: F64,
    seen: F64,
    model: Model,
) -> pa.Table:
    names = pa.array(ids, pa.string())
    swap = np.array([ids[x] > ids[y] for x, y in zip(a, b, strict=True)], np.bool_)
    first, second = np.where(swap, b, a), np.where(swap, a, b)
    columns = [names.take(first), names.take(second), *_judged(scores, seen, model)]
    return pa.table(columns, schema=EDGE)


def _judged(scores: F64, seen: F64, model: Model) -> list[pa.Array]:
    """Return the scores, the features that are not 0 as maps, and the model's version."""
    told = np.abs(seen) >= LEAST_TOLD
    offsets = np.concatenate([[0], np.cumsum(told.sum(axis=1))]).astype(np.int32)
    keys = pa.array(NAMES, pa.string()).take(np.nonzero(told)[1])
    values = pa.array(np.round(seen[told], 4), pa.float32())
    return [
        pa.array(scores, pa.float32()),
        pa.MapArray.from_arrays(pa.array(offsets), keys, values),
        pa.array(np.full(len(scores), model.version), pa.int32()),
    ]
