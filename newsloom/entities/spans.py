"""Spans of a text that name something, and how they are cut to the name itself."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from newsloom.entities.names import APOSTROPHES
from newsloom.vocabulary import EntityType

TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANISATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "NORP": EntityType.GROUP,
    "EVENT": EntityType.EVENT,
    "WORK_OF_ART": EntityType.WORK,
    "PRODUCT": EntityType.WORK,
    "LAW": EntityType.WORK,
}
"""The tagger's labels that are kept. Dates, sums, ordinals, languages and the like are not."""

_SHORTEST_NAME_CHARACTERS = 2
_LONGEST_NAME_CHARACTERS = 120
_EDGES = frozenset("\"“”„«»‹›‘’'`´()[]{}<>,;:!?…|*_#@~=+/\\-–—•·")
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode categories of control and formatting characters and of blanks."""

_POSSESSIVE = re.compile(rf"(?:[{APOSTROPHES}][sS]|(?<=[sS])[{APOSTROPHES}])$")
_DETERMINER = re.compile(r"(?:the|The|THE|a|A|an|An|his|her|its|their|our|this|that)\s+(?=\S)")
_ABBREVIATION = re.compile(
    r"(?:\b[^\W\d_]\.|\b(?:Jr|Sr|Inc|Corp|Co|Ltd|Bros|St|Mt|No|vs|Sen|Rep|Gov)\.)$", re.IGNORECASE
)
_WEB = re.compile(r"https?:|www\.|\w@\w|\.(?:com|org|net|gov|html?|co\.\w\w)(?:/|$)", re.IGNORECASE)
_PARTY_AND_STATE = re.compile(r"[RDI][-–][A-Z]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """text[start:end] names something; `label` is the tagger's. Offsets are code points."""

    start: int
    end: int
    label: str

    def of(self, text: str) -> str:
        """Return the words of the span."""
        return text[self.start : self.end]


def trim(span: Span, text: str) -> Span | None:
    """Cut line breaks, quotes, articles and possessive endings off; None if nothing is left."""
    span = _before_slash(span, text)
    start, end = _first_line(span, text)
    while True:
        begin, stop = start, end
        start, end = _bare(text, start, end)
        if possessive := _POSSESSIVE.search(text, start, end):
            end = possessive.start()
        if determiner := _DETERMINER.match(text, start, end):
            start = determiner.end()
        if (begin, stop) == (start, end):
            return replace(span, start=start, end=end) if start < end else None


def _before_slash(span: Span, text: str) -> Span:
    """Cut the agency off a photographer's name."""
    slash = text.find("/", span.start + 1, span.end)
    return replace(span, end=slash) if slash > 0 and span.label == "PERSON" else span


def _first_line(span: Span, text: str) -> tuple[int, int]:
    """Return the first line of the span that has a letter: no name goes over a line break."""
    start = span.start
    for line in span.of(text).splitlines(keepends=True):
        if _LETTER.search(line):
            return start, start + len(line)
        start += len(line)
    return span.end, span.end


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (_is_edge(text[start]) or text[start] == "."):
        start += 1
    while start < end and (_is_edge(text[end - 1]) or _is_full_stop(text, start, end)):
        end -= 1
    return start, end


def _is_edge(char: str) -> bool:
    return char in _EDGES or unicodedata.category(char) in _INVISIBLE


def _is_full_stop(text: str, start: int, end: int) -> bool:
    return text[end - 1] == "." and not _ABBREVIATION.search(text, start, end)


def is_junk(surface: str, as_tagged: str) -> bool:
    """Tell whether no entity can be called `surface`, which the tagger read as `as_tagged`."""
    return (
        not _LETTER.search(surface)
        or len(surface) < _SHORTEST_NAME_CHARACTERS
        or len(surface) > _LONGEST_NAME_CHARACTERS
        or not any(map(_is_large, _LETTER.findall(as_tagged)))
        or _WEB.search(surface) is not None
        or _PARTY_AND_STATE.match(surface) is not None  # behind a senator's name: (R-Tex.)
    )


def _is_large(letter: str) -> bool:
    """Tell whether `letter` is no small letter; scripts without case have large ones only."""
    return letter.upper() == letter


class SpanSet:
    """Spans none of which overlaps another, from left to right, quick to search by place."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        """Take the spans; of overlapping ones the earlier, then the longer, stays."""
        self._spans: list[Span] = []
        for span in sorted(spans, key=lambda span: (span.start, -span.end, span.label)):
            if not self._spans or span.start >= self._spans[-1].end:
                self._spans.append(span)

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def touching(self, place: Span) -> list[Span]:
        """Return the spans that overlap `place`."""
        first = bisect_right(self._spans, place.start, key=lambda span: span.end)
        last = bisect_left(self._spans, place.end, key=lambda span: span.start)
        return self._spans[first:last]

    def starting_at(self, start: int) -> Span | None:
        """Return the span that begins at `start`."""
        found = bisect_left(self._spans, start, key=lambda span: span.start)
        at_start = found < len(self._spans) and self._spans[found].start == start
        return self._spans[found] if at_start else None

    def put(self, place: Span) -> None:
        """Add `place`; the spans that it overlaps give way."""
        first = bisect_right(self._spans, place.start, key=lambda span: span.end)
        last = bisect_left(self._spans, place.end, key=lambda span: span.start)
        self._spans[first:last] = [place]
