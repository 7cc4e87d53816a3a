"""Boilerplate: the footers, notices and calls to subscribe that a site prints under its articles.

A shingle that many otherwise different articles of *one site* share is boilerplate of that site. A
wire story that eighty papers print is shared by eighty sites, and by one article of each: it stays.

    carrier(ordered)           what a text is counted by
    are_many(marks)            whether texts are enough, and different enough
    telling(ordered, known)    which shingles of a text are no boilerplate
    cut(text, known)           a text without its boilerplate

Not every shingle is counted: of each window of 8, the one with the least hash (winnowing, Schleimer
et al. 2003). Two texts that share 12 words in a row share a pick there, wherever the passage
stands, and there are a quarter as many picks as shingles. Of a pick 32 bits are kept: it takes ten
chance meetings within one site to take an innocent one for boilerplate.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsloom.fingerprints.hashing import I64, U64
from newsloom.fingerprints.shingles import SHINGLE_CHARACTERS, SHINGLE_WORDS, shingles_in_order
from newsloom.fingerprints.tokens import UNSPACED, tokenise

U32 = NDArray[np.uint32]
Kept = NDArray[np.bool_]

WINDOW = 8
"""Consecutive shingles of which one is picked at least."""
MIN_CARRIERS = 10
"""So many different articles of a site must carry a shingle to make it boilerplate. Fewer are
follow-ups that repeat a paragraph of background."""
HEAD_SHINGLES = 24
_SENTENCE_END = re.compile(r"[.!?…:|。！？]\W*$")
_CHUNK = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")


class Carrier(NamedTuple):
    """A text as far as counting goes; `head` and `lowest` tell whether it is another text."""

    head: int  # the least of the first shingles
    lowest: int  # the least of all
    picks: U32  # distinct, ascending


def are_many(marks: Iterable[tuple[int, int]]) -> bool:
    """Tell whether MIN_CARRIERS texts, given by head and lowest, are otherwise different.

    They are if so many of them can be chosen that no two have the same head or the same lowest: the
    maximum matching of heads with lowests. Versions of one text mostly share one or the other,
    by the rule of MinHash, so that eighty of them count as a few; pages that have but a footer in
    common differ in all heads. More texts never make the number smaller.
    """
    lowests: dict[int, set[int]] = defaultdict(set)
    for head, lowest in marks:
        lowests[head].add(lowest)
    taken: dict[int, int] = {}  # lowest -> head

    def place(head: int, tried: set[int]) -> bool:
        for lowest in lowests[head] - tried:
            tried.add(lowest)
            if lowest not in taken or place(taken[lowest], tried):
                taken[lowest] = head
                return True
        return False

    # A path passes each matched text once at most, so it is no longer than MIN_CARRIERS.
    return any(place(head, set()) and len(taken) >= MIN_CARRIERS for head in lowests)


def carrier(ordered: U64) -> Carrier:
    """Return what a text is counted by; without shingles, nothing."""
    if not len(ordered):
        return Carrier(0, 0, np.empty(0, np.uint32))
    places = picked(ordered)
    head = int(ordered[:HEAD_SHINGLES].min()) >> 32
    return Carrier(head, int(ordered[places].min()) >> 32, np.unique(short(ordered[places])))


def picked(ordered: U64) -> I64:
    """Return the places, ascending, of the least shingle in each window; the last of equal ones."""
    if len(ordered) <= WINDOW:
        return np.array(
            [len(ordered) - 1 - ordered[::-1].argmin()] if len(ordered) else [], np.int64
        )
    windows = np.lib.stride_tricks.sliding_window_view(ordered, WINDOW)
    least = WINDOW - 1 - windows[:, ::-1].argmin(axis=1) + np.arange(len(windows))
    # A window's pick never stands before that of the window before.
    fresh = np.ones(len(least), np.bool_)
    np.not_equal(least[1:], least[:-1], out=fresh[1:])
    places: I64 = least[fresh]
    return places


def short(values: U64) -> U32:
    """Return the 32 bits of each shingle that are kept of a pick."""
    return (values >> np.uint64(32)).astype(np.uint32)


def telling(ordered: U64, known: U32) -> Kept:
    """Return which shingles of a text are not boilerplate; `known` are its picks that are.

    Between two boilerplate picks that stand in neighbouring windows everything is boilerplate, and
    so is what is left of the text before or behind one.
    """
    places = picked(ordered)
    kept = np.ones(len(ordered), np.bool_)
    if not len(places) or not len(known):
        return kept
    found = places[np.isin(short(ordered[places]), known)]
    kept[found] = False
    for first, last in pairwise(found.tolist()):
        if last - first <= WINDOW:
            kept[first:last] = False
    if len(found) and found[0] == places[0]:
        kept[: found[0]] = False
    if len(found) and found[-1] == places[-1]:
        kept[found[-1] :] = False
    return kept


def cut(text: str, known: U32) -> str:
    """Return a text without the words that its boilerplate shingles cover; `known` as above.

    The first and last few words of a passage may stand before its first pick and behind its last.
    They go, too, back to where the line begins, or else the sentence, and on to where it ends.
    """
    units = tokenise([text])
    width = SHINGLE_CHARACTERS if units.unspaced[0] else SHINGLE_WORDS
    kept = telling(shingles_in_order(units).values, known)
    chunks = list(_CHUNK.finditer(text))
    counts = np.diff(tokenise([chunk[0] for chunk in chunks]).firsts)
    if kept.all() or counts.sum() != len(units.starts):
        return text
    owner = np.repeat(np.arange(len(chunks)), counts)
    gone = np.zeros(len(chunks) + 1, np.bool_)
    gone[owner[_covered(kept, width, len(owner))]] = True
    _widen(gone, *_beginnings(text, chunks))
    return "".join(_pieces(text, chunks, gone))


def _covered(kept: Kept, width: int, words: int) -> Kept:
    """Return which words of a text some boilerplate shingle covers."""
    starts = np.flatnonzero(~kept)
    steps = np.zeros(words + 1, np.int64)
    np.add.at(steps, starts, 1)
    np.add.at(steps, np.minimum(starts + width, words), -1)
    covered: Kept = np.cumsum(steps[:-1]) > 0
    return covered


def _beginnings(text: str, chunks: Sequence[re.Match[str]]) -> tuple[set[int], set[int]]:
    """Return the chunks that begin a line, and those that begin a sentence, and the number of all.

    The last stands for the end of the text.
    """
    lines, sentences = {0, len(chunks)}, {0, len(chunks)}
    for number, (before, here) in enumerate(pairwise(chunks), 1):
        if "\n" in text[before.end() : here.start()]:
            lines.add(number)
        if _SENTENCE_END.search(before[0]):
            sentences.add(number)
    return lines, sentences


def _widen(gone: Kept, lines: set[int], sentences: set[int]) -> None:
    """Widen each run of chunks to where a line or sentence begins and ends; in place."""
    edges = np.flatnonzero(np.diff(gone, prepend=False)).tolist()  # the last of `gone` is False
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        before = range(first, max(first - WINDOW, -1), -1)
        behind = range(end, min(end + WINDOW, len(gone)))
        gone[_nearest(before, lines, sentences, first) : first] = True
        gone[end : _nearest(behind, lines, sentences, end)] = True


def _nearest(places: range, lines: set[int], sentences: set[int], otherwise: int) -> int:
    for among in (lines, sentences):
        if found := [place for place in places if place in among]:
            return found[0]
    return otherwise


def _pieces(text: str, chunks: Sequence[re.Match[str]], gone: Kept) -> Iterator[str]:
    end = 0
    for chunk, leaves in zip(chunks, gone.tolist(), strict=False):
        if leaves:
            yield text[end : chunk.start()]
            end = chunk.end()
    yield text[end:]
