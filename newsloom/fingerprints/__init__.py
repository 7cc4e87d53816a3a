"""Fingerprints: a text's copy signature and its story profile, one row an article.

    sign(documents)        -> SIGNATURE       pure: the same title, text and language, the same row
    sign_copies(documents) -> COPY_SIGNATURE  its first columns alone

These values are stored in the warehouse and compared across years, so every change of them raises
SIGNATURE_VERSION.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from newsloom.fingerprints.copies import CopySignatures, copy_signatures, parts
from newsloom.fingerprints.profile import Profile, profile, replicas
from newsloom.fingerprints.shingles import shingles, similarity
from newsloom.fingerprints.sketch import band_keys, sketch
from newsloom.fingerprints.tokens import Units, tokenise

__all__ = [
    "COPY_SIGNATURE",
    "SIGNATURE",
    "SIGNATURE_VERSION",
    "profile",
    "shingles",
    "sign",
    "sign_copies",
    "similarity",
]

SIGNATURE_VERSION = 2

STORY_BINS, STORY_ROWS = 384, 3
"""128 bands of 3 find half of the pairs at a weighted Jaccard of .17 and .99 of those at .32."""

_IDS = pa.list_(pa.uint32())
COPY_SIGNATURE = pa.schema(
    [
        pa.field("content_id", pa.string(), nullable=False),
        pa.field("signature_version", pa.int16(), nullable=False),
        pa.field("shingle_count", pa.int32(), nullable=False),
        pa.field("set_hash", pa.uint64(), nullable=False),  # equal for equal sets of shingles
        pa.field("copy_keys", _IDS, nullable=False),  # band keys; none of a text too short
    ]
)
STORY_PROFILE = pa.schema(
    [
        pa.field("story_keys", _IDS, nullable=False),  # band keys of the weighted term sketch
        pa.field("term_ids", _IDS, nullable=False),  # ascending
        pa.field("term_weights", pa.list_(pa.uint8()), nullable=False),  # same order as term_ids
        pa.field("term_places", pa.list_(pa.uint8()), nullable=False),  # bit 1 headline, 2 lead
        pa.field("pair_ids", _IDS, nullable=False),  # rare neighbouring words
        pa.field("number_ids", _IDS, nullable=False),  # numbers, with the word beside them
    ]
)
SIGNATURE = pa.schema([*COPY_SIGNATURE, *STORY_PROFILE])


def sign(documents: pa.Table) -> pa.Table:
    """Sign each distinct content of `documents` (content_id, title, text, language) once."""
    contents = _distinct(documents)
    languages = contents["language"].to_pylist()
    copies, profiles = [COPY_SIGNATURE.empty_table()], [STORY_PROFILE.empty_table()]
    for first, last, ids, titles, bodies, units in _tokenised(contents):
        copies.append(_copy_table(ids, copy_signatures(units, SIGNATURE_VERSION)))
        headlines = tokenise(titles)
        rows = [
            _story_row(
                headlines.words(at),
                # A content without a text is compared as a copy by its headline.
                units.words(at) if bodies[at] else [],
                languages[first + at] or "und",
            )
            for at in range(last - first)
        ]
        profiles.append(pa.Table.from_pylist(rows, schema=STORY_PROFILE))
    joined = pa.concat_tables(copies), pa.concat_tables(profiles)
    return pa.table([*joined[0].columns, *joined[1].columns], schema=SIGNATURE)


def sign_copies(documents: pa.Table) -> pa.Table:
    """Make the copy signatures alone of each distinct content (content_id, title, text)."""
    made = [
        _copy_table(ids, copy_signatures(units, SIGNATURE_VERSION))
        for _, _, ids, _, _, units in _tokenised(_distinct(documents))
    ]
    return pa.concat_tables([COPY_SIGNATURE.empty_table(), *made])


def _distinct(documents: pa.Table) -> pa.Table:
    """Return the rows with the first of each content."""
    places: dict[str, int] = {}
    for at, content in enumerate(documents["content_id"].to_pylist()):
        if content is not None:
            places.setdefault(content, at)
    if len(places) == documents.num_rows:
        return documents
    return documents.take(pa.array(places.values(), pa.int64()))


_Part = tuple[int, int, list[str], list[str], list[str], Units]


def _tokenised(contents: pa.Table) -> Iterator[_Part]:
    """Yield first and last row, ids, headlines, texts and units of one part after the other."""
    ids = contents["content_id"].to_pylist()
    titles = [title or "" for title in contents["title"].to_pylist()]
    bodies = [text or "" for text in contents["text"].to_pylist()]
    compared = [text or title for title, text in zip(titles, bodies, strict=True)]
    for first, last in parts(compared):
        cut = slice(first, last)
        yield first, last, ids[cut], titles[cut], bodies[cut], tokenise(compared[cut])


def _copy_table(ids: list[str], signed: CopySignatures) -> pa.Table:
    ends = np.cumsum(np.where(signed.keyed, signed.keys.shape[1], 0)).astype(np.int32)
    offsets = np.concatenate([np.zeros(1, np.int32), ends])
    keys = pa.ListArray.from_arrays(pa.array(offsets), pa.array(signed.keys.ravel()))
    columns = [
        pa.array(ids, pa.string()),
        pa.array(np.full(len(ids), SIGNATURE_VERSION, np.int16)),
        pa.array(signed.shingle_count),
        pa.array(signed.set_hash),
        keys,
    ]
    return pa.table(columns, schema=COPY_SIGNATURE)


def _story_row(title: list[str], text: list[str], language: str) -> dict[str, object]:
    story: Profile = profile(title, text, language)
    weighted = replicas(story.terms, story.weights)
    return {
        "story_keys": band_keys(sketch(weighted, STORY_BINS), STORY_ROWS),
        "term_ids": story.terms.astype(np.uint32),
        "term_weights": story.weights,
        "term_places": story.places,
        "pair_ids": story.pairs,
        "number_ids": story.numbers,
    }
