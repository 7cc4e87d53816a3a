"""Fingerprints: a text's copy signature and its story profile, one row an article.

    sign(documents, masks) -> SIGNATURE       pure: of the same words, language and mask, the same
    sign_copies(documents) -> COPY_SIGNATURE  its first columns alone

A mask is the boilerplate of a content's site that stands in it (see boilerplate.py): neither part
of the signature sees the words under it.

These values are stored in the warehouse and compared across years, so every change of them raises
SIGNATURE_VERSION.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from newsloom.fingerprints.boilerplate import U32, carrier, cut
from newsloom.fingerprints.copies import (
    MAX_PART_TEXTS,
    MIN_COPY_SHINGLES,
    CopySignatures,
    copy_signatures,
    parts,
)
from newsloom.fingerprints.hashing import U64
from newsloom.fingerprints.profile import Profile, profile, profile_of_words, replicas
from newsloom.fingerprints.shingles import shingles, shingles_in_order, similarity
from newsloom.fingerprints.sketch import band_keys, sketch
from newsloom.fingerprints.tokens import Units, tokenise

__all__ = [
    "COPY_SIGNATURE",
    "MIN_COPY_SHINGLES",
    "NO_MASKS",
    "SIGNATURE",
    "SIGNATURE_VERSION",
    "SITE_PICKS",
    "Masks",
    "profile",
    "shingles",
    "sign",
    "sign_copies",
    "sign_copies_with_sets",
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
        pa.field(
            "copy_keys", pa.list_(pa.uint64()), nullable=False
        ),  # band keys; none of a text too short
    ]
)
STORY_PROFILE = pa.schema(
    [
        pa.field("story_keys", _IDS, nullable=False),  # band keys of the weighted term sketch
        pa.field("term_ids", _IDS, nullable=False),  # ascending
        pa.field("term_weights", pa.list_(pa.uint8()), nullable=False),  # same order as term_ids
        # bit 1 in the headline, 2 in the lead, 4 a name
        pa.field("term_places", pa.list_(pa.uint8()), nullable=False),
        pa.field("pair_ids", _IDS, nullable=False),  # neighbouring words, ascending
        pa.field("pair_weights", pa.list_(pa.uint8()), nullable=False),
        pa.field("number_ids", _IDS, nullable=False),  # numbers, with the word beside them
        # days that the text speaks of: 32 * month + day; with a year, days since 1970
        pa.field("spoken_days", pa.list_(pa.int32()), nullable=False),
        pa.field("spoken_dates", pa.list_(pa.int32()), nullable=False),
    ]
)
SITE_PICKS = pa.schema(
    [
        # what a text counts as when its site's boilerplate is counted; of the whole text, always
        pa.field("marks", _IDS, nullable=False),
        pa.field("picks", _IDS, nullable=False),  # ascending; none of a content without a text
    ]
)
SIGNATURE = pa.schema([*COPY_SIGNATURE, *STORY_PROFILE, *SITE_PICKS])

Masks = Mapping[str, U32]
"""The boilerplate picks in each content that has any, ascending."""
NO_MASKS: Masks = {}


def sign(documents: pa.Table, masks: Masks = NO_MASKS) -> pa.Table:
    """Sign each distinct content of `documents` (content_id, title, text, language) once."""
    signed = [SIGNATURE.empty_table()]
    for part in _parts(documents, masks):
        ordered = shingles_in_order(part.units)
        picks = pa.Table.from_pylist(
            [_counted(part, at, ordered.of(at)) for at in range(len(part.ids))], schema=SITE_PICKS
        )
        copies = _copy_table(part.ids, copy_signatures(ordered, SIGNATURE_VERSION))
        profiles = pa.Table.from_pylist(_story_rows(part), schema=STORY_PROFILE)
        columns = [*copies.columns, *profiles.columns, *picks.columns]
        signed.append(pa.table(columns, schema=SIGNATURE))
    return pa.concat_tables(signed)


def _counted(part: "_Part", at: int, ordered: U64) -> dict[str, object]:
    if at in part.whole:
        ordered = shingles_in_order(tokenise([part.whole[at]])).values
    return carrier(ordered if part.texts[at] or at in part.whole else ordered[:0])._asdict()


def sign_copies(documents: pa.Table) -> pa.Table:
    """Make the copy signatures alone of each distinct content (content_id, title, text)."""
    return sign_copies_with_sets(documents)[0]


def sign_copies_with_sets(documents: pa.Table) -> tuple[pa.Table, dict[str, U64]]:
    """Return the copy signatures, and the shingles of each content for `verify_sets`."""
    tables = [COPY_SIGNATURE.empty_table()]
    sets: dict[str, U64] = {}
    for part in _parts(documents):
        signed = copy_signatures(shingles_in_order(part.units), SIGNATURE_VERSION)
        tables.append(_copy_table(part.ids, signed))
        sets.update(zip(part.ids, signed.sets.each(), strict=True))
    return pa.concat_tables(tables), sets


class _Part(NamedTuple):
    """Some contents that are worked on at once."""

    ids: list[str]
    titles: list[str]
    texts: list[str]
    languages: list[str]
    units: Units  # of the text, or of the headline where there is no text
    whole: dict[int, str]  # texts as they were before boilerplate was cut out


def _parts(documents: pa.Table, masks: Masks = NO_MASKS) -> Iterator[_Part]:
    """Yield the distinct contents, part by part."""
    contents = _distinct(documents)
    for start in range(0, contents.num_rows, MAX_PART_TEXTS):
        some = contents.slice(start, MAX_PART_TEXTS)
        ids, titles, texts = (some[c].to_pylist() for c in ("content_id", "title", "text"))
        named = "language" in some.column_names
        languages = some["language"].to_pylist() if named else [None] * len(ids)
        whole = {at: texts[at] for at, content in enumerate(ids) if content in masks and texts[at]}
        for at, text in whole.items():
            texts[at] = cut(text, masks[ids[at]])
        compared = [
            text or (title if at not in whole else "") or ""
            for at, (title, text) in enumerate(zip(titles, texts, strict=True))
        ]
        for first, last in parts(compared):
            span = slice(first, last)
            yield _Part(
                ids[span],
                [title or "" for title in titles[span]],
                [text or "" for text in texts[span]],
                [language or "und" for language in languages[span]],
                tokenise(compared[span]),
                {at - first: text for at, text in whole.items() if first <= at < last},
            )


def _distinct(documents: pa.Table) -> pa.Table:
    """Return the rows with the first of each content."""
    places: dict[str, int] = {}
    for at, content in enumerate(documents["content_id"].to_pylist()):
        if content is not None:
            places.setdefault(content, at)
    if len(places) == documents.num_rows:
        return documents
    return documents.take(pa.array(places.values(), pa.int64()))


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


def _story_rows(part: _Part) -> list[dict[str, object]]:
    headlines = tokenise(part.titles)
    return [
        _story_row(
            profile_of_words(
                part.titles[at],
                part.texts[at],
                headlines.words(at),
                # A content without a text is compared as a copy by its headline.
                part.units.words(at) if part.texts[at] else [],
                part.languages[at],
            )
        )
        for at in range(len(part.ids))
    ]


def _story_row(story: Profile) -> dict[str, object]:
    weighted = replicas(story.terms, story.weights)
    return {
        "story_keys": band_keys(sketch(weighted, STORY_BINS), STORY_ROWS),
        "term_ids": story.terms,
        "term_weights": story.weights,
        "term_places": story.places,
        "pair_ids": story.pairs,
        "pair_weights": story.pair_weights,
        "number_ids": story.numbers,
        "spoken_days": story.days,
        "spoken_dates": story.dates,
    }
