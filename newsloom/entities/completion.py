"""Adds what the tagger missed but the article gives away: every use of a name that is known.

Known are acronyms that it explains, countries, and the surnames of people it introduces.
"""

import re
from collections.abc import Iterable, Iterator

from newsloom.entities import countries, dictionary, persons
from newsloom.entities.acronyms import Definition
from newsloom.entities.spans import Span, SpanSet

_CAPITALISED = re.compile(r"[^\W\d_][^\W\d_]+(?:[-'’][^\W\d_]{2,})*")
_WORD_BEFORE = re.compile(r"([^\W_]+)[ -]$")
_WORD_AFTER = re.compile(r"[ -]([^\W_]+)")
_LONGEST_WORD_CHARACTERS = 40
_NAME_BEFORE = re.compile(
    r"\b(?:[A-Z]\.|van|von|der|den|de|del|della|di|da|du|la|le|bin|ibn|al)[ -]?$"
)
_LONGEST_PARTICLE_CHARACTERS = 7


def places_of(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where `name` stands in `text` as a whole word."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield start, end
        start = text.find(name, end)


class Gaps:
    """The parts of a text that no span covers yet; filling them adds to the spans."""

    def __init__(self, text: str, as_tagged: str, named: SpanSet) -> None:
        self._text = text
        self._as_tagged = as_tagged
        self._named = named
        self._closed = SpanSet()

    def close_to(self, spans: Iterable[Span]) -> None:
        """Leave out what the tagger took for a date, a language and the like."""
        self._closed = SpanSet(spans)

    def fill_acronyms(self, definitions: dict[str, Definition]) -> None:
        """Add each use of a defined acronym, if the tagger saw a name in any or in the long form.

        Uses inside a longer name belong to that name.
        """
        for acronym, definition in definitions.items():
            places = [Span(*place, "ORG") for place in places_of(acronym, self._text)]
            if definition.is_in(self._text):
                places.append(Span(definition.start, definition.end, "ORG"))
            if any(map(self._named.touching, places)):
                for place in places:
                    if not any(_holds(span, place) for span in self._named.touching(place)):
                        self._named.put(place)

    def fill_countries(self) -> None:
        """Add countries that stand alone, and complete those that the tagger cut short."""
        for match in countries.gazetteer().find(self._as_tagged):
            surface = self._as_tagged[match.start : match.end]
            label = "GPE" if countries.named(surface) else "NORP"
            place = Span(match.start, match.end, label)
            if touching := self._named.touching(place):
                if all(_holds(place, span) and not _holds(span, place) for span in touching):
                    self._named.put(place)
            elif countries.is_telling(surface) and self._is_free(place):
                self._named.put(place)

    def fill_surnames(self, surnames: frozenset[str]) -> None:
        """Add the bare surnames of known people, unless the word is an ordinary one."""
        for match in _CAPITALISED.finditer(self._text) if surnames else ():
            place = Span(match.start(), match.end(), "PERSON")
            if match[0] not in surnames or self._named.touching(place):
                continue
            if self._is_free(place) and not self._goes_back(place):
                self._named.put(place)

    def _goes_back(self, place: Span) -> bool:
        """Tell whether the surname begins earlier: an initial or a particle stands before it."""
        look_back = max(0, place.start - _LONGEST_PARTICLE_CHARACTERS)
        return _NAME_BEFORE.search(self._text, look_back, place.start) is not None

    def _is_free(self, place: Span) -> bool:
        """Tell whether the word is no part of a longer name: no capitalised word adjoins it."""
        text = self._as_tagged
        look_back = max(0, place.start - _LONGEST_WORD_CHARACTERS)
        before = _WORD_BEFORE.search(text, look_back, place.start)
        after = _WORD_AFTER.match(text, place.end)
        return (
            not self._closed.touching(place)
            and (before is None or _is_harmless_before(before))
            and (after is None or _is_harmless_after(after) or self._is_person(after.start(1)))
        )

    def _is_person(self, start: int) -> bool:
        span = self._named.starting_at(start)
        return span is not None and span.label == "PERSON"


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _is_harmless_before(word: re.Match[str]) -> bool:
    """Tell whether the word before can be no part of the name, as "In" at a sentence's start."""
    small = word[1][0].islower() or word[1].casefold() in dictionary.FUNCTION_WORDS
    return small or word[1][0].isdigit() or persons.is_title(word[1]) or _is_partner(word)


def _is_harmless_after(word: re.Match[str]) -> bool:
    return word[1][0].islower() or persons.is_title(word[1]) or _is_partner(word)


def _is_partner(word: re.Match[str]) -> bool:
    """Tell whether the word is a second country, joined by a hyphen as in Russia-Ukraine."""
    return "-" in word[0] and countries.is_any(word[1])
