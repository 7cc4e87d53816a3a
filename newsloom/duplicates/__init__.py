"""Duplicates: the same text again, as a syndicated copy, a reprint, a light edit or an excerpt.

    verify(pairs, texts)       candidate pairs of contents -> COPY_PAIR, by exact comparison
    originals(articles, pairs) which article each article copies
    settle(articles, pairs, compare) the same, for groups of which not all pairs were compared

The bands that find the candidates lie in the warehouse (see newsloom.fingerprints); a match of
bands decides nothing by itself.
"""

from newsloom.duplicates.originals import Copy, Member, originals
from newsloom.duplicates.settle import settle
from newsloom.duplicates.verify import COPY_PAIR, copy_kind, pair_table, verify, verify_sets

__all__ = [
    "COPY_PAIR",
    "Copy",
    "Member",
    "copy_kind",
    "originals",
    "pair_table",
    "settle",
    "verify",
    "verify_sets",
]
