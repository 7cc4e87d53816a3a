"""Linking: the scored pairs between new articles and all that may report the same event."""

import numpy as np
import pyarrow as pa

from newsloom.stories import candidates
from newsloom.stories.features import NAMES, features
from newsloom.stories.model import Model
from newsloom.stories.profiles import from_table

EDGE = pa.schema(
    [
        pa.field("article_a", pa.string(), nullable=False),  # the lesser id of the two
        pa.field("article_b", pa.string(), nullable=False),
        pa.field("score", pa.float32(), nullable=False),  # probability of one event
        pa.field("features", pa.map_(pa.string(), pa.float32()), nullable=False),
        pa.field("model_version", pa.int32(), nullable=False),
    ]
)


def link(new: pa.Table, stored: pa.Table, window_days: float, model: Model) -> pa.Table:
    """Return the EDGEs among `new` and between `new` and `stored` (both tables of PROFILE).

    An edge is kept from the model's `keep_score` on. A pair's edge depends on the pair alone.
    """
    table = pa.concat_tables([new, stored]).combine_chunks()
    articles = from_table(table)
    is_new = np.arange(len(articles)) < new.num_rows
    pairs = candidates.union(
        candidates.band_pairs(table["story_keys"], is_new),
        candidates.cosine_pairs(articles, is_new),
    )
    a, b = candidates.within_window(articles, pairs, window_days)
    seen = features(articles, a, b)
    scores = model.scores(seen)
    kept = scores >= model.keep_score
    return _edges(articles.ids, a[kept], b[kept], scores[kept], seen[kept], model)


def _edges(
    ids: list[str],
    a: candidates.Rows,
    b: candidates.Rows,
    scores: np.ndarray[tuple[int], np.dtype[np.float64]],
    seen: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    model: Model,
) -> pa.Table:
    rows = []
    for left, right, score, values in zip(a, b, scores, seen, strict=True):
        first, second = sorted((ids[left], ids[right]))
        named = [(name, round(float(v), 4)) for name, v in zip(NAMES, values, strict=True) if v]
        rows.append(
            {
                "article_a": first,
                "article_b": second,
                "score": float(score),
                "features": named,
                "model_version": model.version,
            }
        )
    rows.sort(key=lambda row: (row["article_a"], row["article_b"]))
    return pa.Table.from_pylist(rows, schema=EDGE)
