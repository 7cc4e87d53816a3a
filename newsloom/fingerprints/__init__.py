"""Fingerprints: a text's copy signature and its story profile, one row an article.

    sign(documents) -> SIGNATURE     pure: the same title, text and language give the same row

These values are stored in the warehouse and compared across years, so every change of them raises
SIGNATURE_VERSION.
"""

import numpy as np
import pyarrow as pa

from newsloom.fingerprints.profile import Profile, profile, replicas
from newsloom.fingerprints.shingles import shingles, similarity
from newsloom.fingerprints.sketch import band_keys, sketch

__all__ = ["SIGNATURE", "SIGNATURE_VERSION", "profile", "shingles", "sign", "similarity"]

SIGNATURE_VERSION = 1

MIN_COPY_SHINGLES = 8
COPY_BINS, COPY_ROWS = 128, 4
"""32 bands of 4 find .98 of the pairs at Jaccard .5 and all of those at .7."""
STORY_BINS, STORY_ROWS = 384, 3
"""128 bands of 3 find half of the pairs at a weighted Jaccard of .17 and .99 of those at .32."""

_IDS = pa.list_(pa.uint32())
SIGNATURE = pa.schema(
    [
        pa.field("content_id", pa.string(), nullable=False),
        pa.field("signature_version", pa.int16(), nullable=False),
        pa.field("shingle_count", pa.int32(), nullable=False),
        pa.field("copy_keys", _IDS, nullable=False),  # band keys of the shingle sketch
        pa.field("story_keys", _IDS, nullable=False),  # band keys of the weighted term sketch
        pa.field("term_ids", _IDS, nullable=False),  # ascending
        pa.field("term_weights", pa.list_(pa.uint8()), nullable=False),  # same order as term_ids
        pa.field("term_places", pa.list_(pa.uint8()), nullable=False),  # bit 1 headline, 2 lead
        pa.field("pair_ids", _IDS, nullable=False),  # rare neighbouring words
        pa.field("number_ids", _IDS, nullable=False),  # numbers, with the word beside them
    ]
)


def sign(documents: pa.Table) -> pa.Table:
    """Sign each distinct content of `documents` (content_id, title, text, language) once."""
    columns = (documents[name].to_pylist() for name in ("content_id", "title", "text", "language"))
    rows = {
        content_id: _row(content_id, title or "", text or "", language or "und")
        for content_id, title, text, language in zip(*columns, strict=True)
        if content_id is not None
    }
    return pa.Table.from_pylist(list(rows.values()), schema=SIGNATURE)


def _row(content_id: str, title: str, text: str, language: str) -> dict[str, object]:
    members = shingles(text or title)
    # "Developing story." under two headlines is not the same text: a text this short is a copy only
    # where its headline is the same, too, and then it has the same content id.
    telling = members if len(members) >= MIN_COPY_SHINGLES else members[:0]
    story: Profile = profile(title, text, language)
    weighted = replicas(story.terms, story.weights)
    return {
        "content_id": content_id,
        "signature_version": SIGNATURE_VERSION,
        "shingle_count": len(members),
        "copy_keys": band_keys(sketch(telling, COPY_BINS), COPY_ROWS),
        "story_keys": band_keys(sketch(weighted, STORY_BINS), STORY_ROWS),
        "term_ids": story.terms.astype(np.uint32),
        "term_weights": story.weights,
        "term_places": story.places,
        "pair_ids": story.pairs,
        "number_ids": story.numbers,
    }
