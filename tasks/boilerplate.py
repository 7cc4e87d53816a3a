"""The stages that keep a source's boilerplate out of what its articles are compared by.

The batch is masked ahead of the commit by what it would make boilerplate. Inside the commit, where
it is certain which articles are written, this is settled; contents that were signed under a smaller
mask are then signed again, and their copies and stories made anew. So the outcome depends on the
set of articles alone.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from newsloom.fingerprints import (
    MIN_COPY_SHINGLES,
    NO_MASKS,
    SIGNATURE_VERSION,
    SITE_PICKS,
    Masks,
    sign,
)
from tasks.context import Context
from tasks.stage import stage
from warehouse import boilerplate, groups, known
from warehouse.commit import Commit
from warehouse.groups import one_column
from warehouse.lake import Lake

_FIELDS = ["content_id", "title", "text", "language"]


class Signed(NamedTuple):
    """Contents, and what they are compared by."""

    documents: pa.Table  # at least content_id, title, text, language
    signatures: pa.Table
    masks: Masks = NO_MASKS


class Renewed(NamedTuple):
    """What a commit does to boilerplate."""

    signed: Signed
    compared: bool  # the masks that the batch was compared under still hold
    stale: frozenset[str] = frozenset()  # stored contents that were signed under another mask
    contents: frozenset[str] = (
        frozenset()
    )  # those, and all that were in a group of copies with them
    articles: frozenset[str] = frozenset()  # whose contents are stale
    around: frozenset[str] = frozenset()  # those, and what they had edges with


@stage("boilerplate")
def mask(context: Context, documents: pa.Table, signatures: pa.Table) -> Signed:
    """Return the batch with boilerplate left out, in sight of the batch and the warehouse."""
    pages = _pages(documents, signatures)
    if not pages.num_rows:
        return Signed(documents, signatures)
    found = boilerplate.find(context.lake, pages)
    contents = signatures["content_id"].to_pylist()
    masks = boilerplate.masks_of(context.lake, contents, pages, found)
    return Signed(documents, _signed_again(documents, signatures, set(masks), masks), masks)


@stage("boilerplate")
def settle_boilerplate(context: Context, commit: Commit, fresh: pa.Table, batch: Signed) -> Renewed:
    """Write what the new revisions `fresh` add to boilerplate, and mark what is to be made anew.

    To be called inside the commit, before the revisions are written.
    """
    lake = context.lake
    pages = _pages(fresh, batch.signatures)
    if not pages.num_rows:
        return Renewed(batch, True)
    found = boilerplate.find(lake, pages)
    contents = set(fresh["content_id"].to_pylist())
    seen = contents | boilerplate.carriers(lake, found)
    before = boilerplate.masks_of(lake, seen)
    commit.append("site_picks", pages)
    commit.append("boilerplate", found)
    masks = boilerplate.masks_of(lake, seen)
    differ = {c for c in seen if not _same(masks, before, c)}
    stale = known.signed(lake, one_column("content_id", differ), SIGNATURE_VERSION)
    batch_differs = {c for c in contents if not _same(masks, batch.masks, c)}
    if not stale and not batch_differs:
        return Renewed(batch, True)
    signatures = _signed_again(batch.documents, batch.signatures, batch_differs, masks)
    signed = Signed(batch.documents.select(_FIELDS), signatures, masks)
    if not stale:
        return Renewed(signed, False)
    return _renew(context, commit, signed, stale)


def _same(masks: Masks, others: Masks, content: str) -> bool:
    mine, theirs = masks.get(content), others.get(content)
    if mine is None or theirs is None:
        return mine is theirs
    return np.array_equal(mine, theirs)


def _renew(context: Context, commit: Commit, batch: Signed, stale: set[str]) -> Renewed:
    """Sign stored contents again, having noted what all of this is about to change."""
    lake = context.lake
    # Of contents with equal sets of shingles only the first has bands: so all of them go.
    stale = stale | known.with_equal_sets(
        lake, one_column("content_id", stale), SIGNATURE_VERSION, MIN_COPY_SHINGLES
    )
    group = groups.copy_group(lake, stale)
    columns = zip(*(group[c].to_pylist() for c in ("article_id", "content_id")), strict=True)
    articles = {article for article, content in columns if content in stale}
    edges = groups.edges_at(lake, articles, 0)
    around = articles | {article for a, b, _ in edges for article in (a, b)}
    # What the group of copies was, not only the part of it that is signed again, is settled anew.
    contents = stale | set(group["content_id"].to_pylist())
    commit.append("renewals", known.holders(lake, one_column("content_id", stale)))
    documents = _stored(lake, stale)
    masks = {**batch.masks, **boilerplate.masks_of(lake, stale)}
    others = batch.signatures.filter(
        pa.array([c not in stale for c in batch.signatures["content_id"].to_pylist()], pa.bool_())
    )
    signatures = pa.concat_tables([others, sign(documents, masks)])
    signed = Signed(pa.concat_tables([batch.documents, documents]), signatures, masks)
    return Renewed(signed, False, *map(frozenset, (stale, contents, articles, around)))


def _stored(lake: Lake, contents: set[str]) -> pa.Table:
    """Return stored contents as documents."""
    wanted = one_column("content_id", contents)
    texts = known.texts_of_contents(lake, wanted)
    languages = known.languages_of_contents(lake, wanted)
    rows = [
        {"content_id": content, "title": title, "text": text, "language": languages.get(content)}
        for content, (title, text) in sorted(texts.items())
    ]
    return pa.Table.from_pylist(rows, schema=_DOCUMENT)


_DOCUMENT = pa.schema([(name, pa.string()) for name in _FIELDS])


def _pages(documents: pa.Table, signatures: pa.Table) -> pa.Table:
    """Return the PAGEs of documents that have a source and a text."""
    columns = [documents[name].to_pylist() for name in ("source", "article_id", "content_id")]
    names = ["content_id", *SITE_PICKS.names]
    picks = {row[0]: row[1:] for row in zip(*(signatures[n].to_pylist() for n in names),
                                            strict=True) if row[-1]}  # fmt: skip
    rows = [
        (*key, *picks[key[2]])
        for key in dict.fromkeys(zip(*columns, strict=True))
        if key[0] and key[1] and key[2] in picks
    ]
    return pa.table(
        [pa.array(column, field.type) for column, field in
         zip(zip(*rows, strict=True) if rows else [()] * len(boilerplate.PAGE), boilerplate.PAGE,
             strict=True)],
        schema=boilerplate.PAGE,
    )  # fmt: skip


def _signed_again(
    documents: pa.Table, signatures: pa.Table, contents: set[str], masks: Masks
) -> pa.Table:
    """Return the signatures with those of some contents made anew."""
    if not contents:
        return signatures
    again = [content in contents for content in documents["content_id"].to_pylist()]
    kept = [content not in contents for content in signatures["content_id"].to_pylist()]
    made = sign(documents.select(_FIELDS).filter(pa.array(again, pa.bool_())), masks)
    return pa.concat_tables([signatures.filter(pa.array(kept, pa.bool_())), made])
