"""Revisions: what counts as a change of an article, and what it changed, word by word.

A page differs a little each time it is fetched: spaces, quotation marks, "updated 5 minutes ago",
the links below it. None of this is news. Anything that changes the words of the article is, be it
one figure.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

from newsloom.extract.labels import heads_links, leads_away
from newsloom.stamps import is_counter, is_lone_date, is_stamp

MAX_LINK_CHARACTERS = 120
"""A line that is a link is no longer than this."""
EDGE_LINES = 3
"""So many lines at each end of a text may be dates or counters; elsewhere such a line is news."""
MAX_COMPARISONS = 4_000_000
"""Words before times words after: a longer stretch is shown as replaced as a whole."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
# Marks that belong to the word before them: accents, and the vowel signs of the scripts of India.
_SIGNS = "\u0300-\u036f\u0900-\u0963\u0966-\u0dff"
# What says something: words, signs of money and of sums, a minus before a figure, a question.
_WORD = re.compile(
    f"[{_UNSPACED}]|(?:[^\\W_{_UNSPACED}]|[{_SIGNS}])+|"
    r"(?<!\w)[-−–](?=[$€£¥]?\d)|[%‰‱?؟°+<=>±×÷¢-¥₠-⃀؋฿]"
)
_MINUS = frozenset("−–")
_TOKEN = re.compile(f"(?:[{_UNSPACED}]|[^\\W{_UNSPACED}]+|[^\\w\\s])\\s*|\\s+")
_SEPARATORS = re.compile(r"\s[|·•]\s")
_SENTENCE = re.compile(r"[.!?。！？।۔…][\"'”’»)\]]*\s*$")


class Piece(NamedTuple):
    """A stretch of words: "same", "added" or "removed"."""

    kind: str
    text: str


def is_cosmetic(before_title: str, before_text: str, title: str, text: str) -> bool:
    """Tell whether an article differs in nothing that it says.

    Spaces, letter case, most punctuation, time stamps, counters and the links below say nothing.
    Where in doubt, they differ: a revision too many is a small harm, an edit that is lost a great.
    """
    if _words(before_title) != _words(title):
        return False
    before, after = _lines_of(before_text), _lines_of(text)
    return _told(before) == _told(after) or (
        _told(_without_links(before)) == _told(_without_links(after))
    )


def word_diff(before: str, after: str) -> list[Piece]:
    """Return what was kept, added and removed, in order.

    What is same or added makes up `after`, what is same or removed `before`. Takes time about in
    proportion to the texts, whatever they hold.
    """
    one, other = _TOKEN.findall(before), _TOKEN.findall(after)
    start = _equal(one, other)
    end = _equal(one[start:][::-1], other[start:][::-1])
    pieces = [
        Piece("same", "".join(one[:start])),
        *_changes(one[start : len(one) - end], other[start : len(other) - end]),
        Piece("same", "".join(one[len(one) - end :])),
    ]
    return list(_joined(iter([piece for piece in pieces if piece.text])))


def _words(text: str) -> list[str]:
    found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return ["-" if word in _MINUS else word for word in found]


def _lines_of(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _told(lines: list[str]) -> list[str]:
    """Return the words of what says something, in order."""
    last = len(lines) - EDGE_LINES
    told: list[str] = []
    for number, line in enumerate(lines):
        edge = number < EDGE_LINES or number >= last
        for part in _SEPARATORS.split(line):
            if not _passes(part, edge):
                told += _words(part)
    return told


def _passes(part: str, edge: bool) -> bool:
    """Tell whether a line, or a part of it that stands alone, is only a time stamp or a counter."""
    return is_stamp(part) or (edge and (is_counter(part) or is_lone_date(part)))


def _without_links(lines: list[str]) -> list[str]:
    """Return the lines without the links at the end: those that say so, or that a heading leads."""
    end = len(lines)
    for number in range(len(lines) - 1, 0, -1):
        if heads_links(lines[number]):
            end = number
        elif not _may_be_link(lines[number]):
            break
    while end > 1 and (leads_away(lines[end - 1]) or is_counter(lines[end - 1])):
        end -= 1
    return lines[:end]


def _may_be_link(line: str) -> bool:
    return len(line.strip()) <= MAX_LINK_CHARACTERS and not _SENTENCE.search(line)


def _equal(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the words that two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _changes(one: Sequence[str], other: Sequence[str]) -> Iterator[Piece]:
    if len(one) * len(other) > MAX_COMPARISONS:
        yield from _by_lines(one, other)
        return
    matcher = SequenceMatcher(
        None, one, other, autojunk=len(one) * len(other) > MAX_COMPARISONS // 8
    )
    yield from _pieces(matcher, one, other)


def _by_lines(one: Sequence[str], other: Sequence[str]) -> Iterator[Piece]:
    """Compare long stretches line by line; with many lines, too, as replaced."""
    first, second = _lines(one), _lines(other)
    if len(first) * len(second) > MAX_COMPARISONS:
        yield Piece("removed", "".join(one))
        yield Piece("added", "".join(other))
        return
    matcher = SequenceMatcher(None, first, second, autojunk=True)
    for kind, a, b, c, d in matcher.get_opcodes():
        before, after = "".join(first[a:b]), "".join(second[c:d])
        if kind == "equal":
            yield Piece("same", before)
            continue
        words, others = _TOKEN.findall(before), _TOKEN.findall(after)
        if len(words) * len(others) <= MAX_COMPARISONS // 8:
            yield from _pieces(SequenceMatcher(None, words, others), words, others)
        else:
            yield Piece("removed", before)
            yield Piece("added", after)


def _lines(tokens: Sequence[str]) -> list[str]:
    return "".join(tokens).splitlines(keepends=True)


def _pieces(
    matcher: "SequenceMatcher[str]", one: Sequence[str], other: Sequence[str]
) -> Iterator[Piece]:
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(one[a:b]))
        else:
            yield Piece("removed", "".join(one[a:b]))
            yield Piece("added", "".join(other[c:d]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Put neighbours of one kind together."""
    last: Piece | None = None
    for piece in pieces:
        if last and last.kind == piece.kind:
            last = Piece(last.kind, last.text + piece.text)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last
