"""From a text to the spans in it that name something: one passage is a body or a headline."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from newsloom.entities import casing, completion, countries, persons, shouting, tagger
from newsloom.entities.acronyms import Definition
from newsloom.entities.names import is_acronym, word_set
from newsloom.entities.spans import TYPES, Span, SpanSet, is_junk, trim

_JOINT = re.compile(r"[-–—/]")
_DETERMINED = re.compile(r"\b(?:its|their|an?|any|no|every|each|some|his|her)\s$", re.IGNORECASE)
_LINKS = word_set("of for and the de la du des del di da von van der den bin ibn al el y e und")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, and how the tagger is to read it: of the same length, with its casing repaired."""

    text: str
    as_tagged: str
    in_title: bool = False

    @property
    def is_repaired(self) -> bool:
        """Tell whether the casing was bad."""
        return self.text is not self.as_tagged


def body(text: str, definitions: Collection[Definition]) -> Passage:
    """Prepare the body of an article; the long forms of its acronyms keep their capitals."""
    keep = [(definition.start, definition.end) for definition in definitions]
    return Passage(text, casing.repair(text, keep) or shouting.calm(text) or text)


def headline(title: str, article: Passage, known: Iterable[str]) -> Passage:
    """Prepare a headline; the names `known` from the body keep their capitals."""
    keep = [place for name in known for place in completion.places_of(name, title)]
    well_cased = "" if article.is_repaired else article.text
    repaired = casing.repair_title(title, keep, well_cased)
    return Passage(title, repaired or shouting.calm(title) or title, in_title=True)


def spans(
    passage: Passage, definitions: dict[str, Definition], surnames: frozenset[str] = frozenset()
) -> list[Span]:
    """Return the spans of `passage` that name something, cut to the names, none overlapping.

    `surnames` are those of people known from elsewhere in the article.
    """
    seen = tagger.tag(passage.as_tagged)
    named = SpanSet(cut for span in seen if span.label in TYPES for cut in _cut(span, passage))
    named = SpanSet(persons.join_fragments(named, passage.text))
    gaps = completion.Gaps(passage.text, passage.as_tagged, named)
    gaps.close_to(span for span in seen if span.label not in TYPES)
    gaps.fill_acronyms(definitions)
    gaps.fill_countries()
    gaps.fill_surnames(surnames | persons.surnames(named, passage.text))
    return [span for span in named if not _is_junk(span, passage)]


def _cut(span: Span, passage: Passage) -> list[Span]:
    """Return the span without all that is no part of the name: one, none, or two of a pair."""
    cut = trim(span, passage.text)
    if cut and (pair := _pair_of_countries(cut, passage.text)):
        return pair
    if cut and cut.label in ("PERSON", "WORK_OF_ART"):
        cut = persons.strip_country(cut, passage.text)
    if cut and cut.label == "PERSON":
        cut = persons.strip_title(cut, passage.text)
    if cut and cut.label == "ORG":
        cut = _strip_description(cut, passage)
    return [cut] if cut else []


def _pair_of_countries(span: Span, text: str) -> list[Span]:
    """Return the two countries in "Israeli-Palestinian" or "U.S./China"; none if it is no pair."""
    surface = span.of(text)
    joint = _JOINT.search(surface)
    if not joint or not all(
        map(countries.is_any, (surface[: joint.start()], surface[joint.end() :]))
    ):
        return []
    return [
        replace(span, end=span.start + joint.start(), label="GPE"),
        replace(span, start=span.start + joint.end(), label="GPE"),
    ]


def _strip_description(span: Span, passage: Passage) -> Span:
    """Cut off what describes an acronym: "the regional oil producers' club OPEC"."""
    words = list(re.finditer(r"\S+", span.of(passage.as_tagged)))
    described = len(words) > 1 and words[-2][0].islower() and words[-2][0] not in _LINKS
    if described and is_acronym(words[-1][0]):
        return replace(span, start=span.start + words[-1].start())
    return span


def _is_junk(span: Span, passage: Passage) -> bool:
    surface, as_tagged = span.of(passage.text), span.of(passage.as_tagged)
    if is_junk(surface, as_tagged):
        return True
    # In a badly cased text one more ordinary word may be left in capitals.
    determined = _DETERMINED.search(passage.text, max(0, span.start - 8), span.start)
    return bool(passage.is_repaired and determined and surface.isalpha() and surface.istitle()
                and not countries.called_after(surface))  # fmt: skip
