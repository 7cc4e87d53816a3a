"""From a text to the spans in it that name something: one passage is a body or a headline."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from newsloom.entities import casing, countries, dictionary, persons, tagger
from newsloom.entities.acronyms import Definition
from newsloom.entities.names import is_acronym, word_set
from newsloom.entities.spans import TYPES, Span, is_junk, trim, without_overlaps

_WORD_BEFORE = re.compile(r"([^\W_]+)[ -]$")
_WORD_AFTER = re.compile(r"[ -]([^\W_]+)")
_JOINT = re.compile(r"[-–—/]")
_LONGEST_WORD_CHARACTERS = 40
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
    return Passage(text, casing.repair(text, keep) or text)


def headline(title: str, article: Passage, known: Iterable[str]) -> Passage:
    """Prepare a headline; the names `known` from the body keep their capitals."""
    keep = [place for name in known for place in _mentions(name, title)]
    well_cased = "" if article.is_repaired else article.text
    repaired = casing.repair_title(title, keep, well_cased)
    return Passage(title, repaired or title, in_title=True)


def spans(passage: Passage, definitions: dict[str, Definition]) -> list[Span]:
    """Return the spans of `passage` that name something, cut to the names, none overlapping."""
    seen = tagger.tag(passage.as_tagged)
    dropped = [span for span in seen if span.label not in TYPES]
    named = [cut for span in seen if span.label in TYPES for cut in _cut(span, passage)]
    named = persons.join_fragments(without_overlaps(named), passage.text)
    named = _with_acronyms(named, passage.text, definitions)
    named = _with_countries(named, dropped, passage)
    return [span for span in without_overlaps(named) if not _is_junk(span, passage)]


def _mentions(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where `name` stands in `text` as a whole word."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield start, end
        start = text.find(name, end)


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
        map(_country_or_people, (surface[: joint.start()], surface[joint.end() :]))
    ):
        return []
    return [
        replace(span, end=span.start + joint.start(), label="GPE"),
        replace(span, start=span.start + joint.end(), label="GPE"),
    ]


def _country_or_people(surface: str) -> bool:
    return bool(countries.named(surface) or countries.called_after(surface))


def _strip_description(span: Span, passage: Passage) -> Span:
    """Cut off what describes an acronym: "the regional oil producers' club OPEC"."""
    words = list(re.finditer(r"\S+", span.of(passage.as_tagged)))
    described = len(words) > 1 and words[-2][0].islower() and words[-2][0] not in _LINKS
    if described and is_acronym(words[-1][0]):
        return replace(span, start=span.start + words[-1].start())
    return span


def _with_acronyms(named: list[Span], text: str, definitions: dict[str, Definition]) -> list[Span]:
    """Add each use of a defined acronym, if the tagger saw a name in its definition or a use."""
    for acronym, definition in definitions.items():
        uses = [Span(start, end, "ORG") for start, end in _mentions(acronym, text)]
        long_form = Span(definition.start, definition.end, "ORG")
        places = [*uses, long_form] if definition.is_in(text) else uses
        if any(span.overlaps(place) for span in named for place in places):
            named = _placed(named, places)
    return named


def _placed(named: list[Span], places: list[Span]) -> list[Span]:
    """Add `places` that lie in no longer span; a span with one inside its bounds gives way."""
    added = [
        place
        for place in places
        if not any(span.start <= place.start and place.end <= span.end for span in named)
    ]
    rest = [span for span in named if not any(span.overlaps(place) for place in added)]
    return sorted(rest + added)


def _with_countries(named: list[Span], dropped: list[Span], passage: Passage) -> list[Span]:
    """Add the countries that the tagger missed, and complete those that it cut short."""
    result = list(named)
    for match in countries.gazetteer().find(passage.text):
        place = Span(match.start, match.end, _label(passage.text[match.start : match.end]))
        touching = [span for span in result if span.overlaps(place)]
        if touching:
            if all(_lies_within(span, place) for span in touching):
                result = [span for span in result if span not in touching] + [place]
        elif not any(span.overlaps(place) for span in dropped) and _is_alone(
            place, result, passage
        ):
            result.append(place)
    return result


def _label(surface: str) -> str:
    return "GPE" if countries.named(surface) else "NORP"


def _lies_within(span: Span, place: Span) -> bool:
    inside = place.start <= span.start and span.end <= place.end
    return inside and (span.start, span.end) != (place.start, place.end)


def _is_alone(place: Span, named: list[Span], passage: Passage) -> bool:
    """Tell whether the word is no part of a longer name: no capitalised word adjoins it."""
    text = passage.as_tagged
    if not countries.is_telling(place.of(text)):
        return False
    before = _WORD_BEFORE.search(text, max(0, place.start - _LONGEST_WORD_CHARACTERS), place.start)
    after = _WORD_AFTER.match(text, place.end)
    if before and before[1][0].isupper() and not (_opens(before) or _is_partner(before)):
        return False
    follows_name = any(span.start == place.end + 1 for span in named if span.label == "PERSON")
    harmless = follows_name or not after or after[1][0].islower() or persons.is_title(after[1])
    return harmless or _is_partner(after)


def _is_partner(neighbour: re.Match[str] | None) -> bool:
    """Tell whether the neighbour is a second country, joined by a hyphen as in Russia-Ukraine."""
    return neighbour is not None and "-" in neighbour[0] and _country_or_people(neighbour[1])


def _opens(before: re.Match[str]) -> bool:
    """Tell whether the capitalised word before is a small one that opens a sentence."""
    return before[1].casefold() in dictionary.FUNCTION_WORDS


def _is_junk(span: Span, passage: Passage) -> bool:
    surface, as_tagged = span.of(passage.text), span.of(passage.as_tagged)
    if is_junk(surface, as_tagged):
        return True
    # In a badly cased text one more ordinary word may be left in capitals.
    determined = _DETERMINED.search(passage.text, max(0, span.start - 8), span.start)
    return bool(passage.is_repaired and determined and surface.isalpha() and surface.istitle()
                and not countries.called_after(surface))  # fmt: skip
