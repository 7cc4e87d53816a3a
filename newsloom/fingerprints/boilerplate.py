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

from newsloom.fingerprints.hashing import I64, U64, mix
from newsloom.fingerprints.shingles import SHINGLE_CHARACTERS, SHINGLE_WORDS, shingles_in_order
from newsloom.fingerprints.tokens import UNSPACED, tokenise

U32 = NDArray[np.uint32]
Kept = NDArray[np.bool_]

WINDOW = 8
"""Consecutive shingles of which one is picked at least."""
MIN_CARRIERS = 10
"""So many different articles of a site must carry a shingle to make it boilerplate. Fewer are
follow-ups that repeat a paragraph of background."""
_SENTENCE_END = re.compile(r"[.!?…:|。！？]\W*$")
_CHUNK = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")


class Carrier(NamedTuple):
    """A text as far as counting goes; its marks tell whether it is another text.

    Marks are MinHashes: two of the first half of the shingles, two of the second. Two texts have
    one in common as often as they have shingles in common in that half.
    """

    marks: U32  # four
    picks: U32  # distinct, ascending


def carrier(ordered: U64) -> Carrier:
    """Return what a text is counted by; without shingles, nothing."""
    if not len(ordered):
        return Carrier(np.zeros(4, np.uint32), np.empty(0, np.uint32))
    half = (len(ordered) + 1) // 2
    mixed = mix(ordered)
    lowest = [part.min() for part in (ordered[:half], mixed[:half], ordered[-half:], mixed[-half:])]
    return Carrier(short(np.array(lowest)), np.unique(short(ordered[picked(ordered)])))


def are_many(marks: Sequence[Sequence[int]]) -> bool:
    """Tell whether MIN_CARRIERS texts, given by their marks, are otherwise different.

    They are if in one of the halves so many of them can be chosen that no two have the same first
    mark or the same second mark: the maximum matching of first with second marks. If versions of a
    text differ in a tenth of the shingles, a hundredth of them differ from all others in both
    marks; of pages that have but a footer in common, nearly all differ in the first half. More
    texts never make the number smaller.
    """
    return _match((m[0], m[1]) for m in marks) or _match((m[2], m[3]) for m in marks)


def _match(pairs: Iterable[tuple[int, int]]) -> bool:
    """Tell whether MIN_CARRIERS of the pairs have all different ends (by augmenting paths)."""
    others: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        others[one].add(other)
    taken: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for other in others[one] - tried:
            tried.add(other)
            if other not in taken or place(taken[other], tried):
                taken[other] = one
                return True
        return False

    # A path meets each matched pair once at most, so none is longer than MIN_CARRIERS.
    return any(place(one, set()) and len(taken) >= MIN_CARRIERS for one in others)


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
