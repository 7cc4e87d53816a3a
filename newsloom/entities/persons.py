"""Spans of persons: titles before the name are cut off, and names cut in two are joined."""

import re
from collections.abc import Iterable
from dataclasses import replace

from newsloom.entities import countries, dictionary
from newsloom.entities.names import fold, word_set
from newsloom.entities.spans import Span, trim

_OFFICES = word_set(
    """
    president vice-president vicepresident chairman chairwoman chairperson chair minister premier
    chancellor senator sen congressman congresswoman representative rep governor gov mayor
    ambassador envoy secretary secretary-general undersecretary spokesman spokeswoman spokesperson
    director director-general commissioner commander general gen colonel col lieutenant lt captain
    capt sergeant sgt admiral adm brigadier marshal corporal officer inspector detective
    attorney prosecutor justice leader chief ceo cfo founder co-founder executive head professor
    prof coach manager editor correspondent analyst economist expert candidate nominee lawmaker
    coordinator treasurer speaker ayatollah mp"""
)
"""Offices: whatever stands before the last one in a person's span does not belong to the name."""

_MODES_OF_ADDRESS = word_set(
    """
    mr mrs ms miss mx dr sir dame madam madame hon rev reverend fr sheikh sheik imam rabbi judge
    major maj first-lady ex-president former late acting interim then-president prime vice deputy
    foreign defense defence interior finance justice"""
)
"""Words that are cut off at the start only: within a name they can belong to it."""

_NAME_WORD = re.compile(r"\S+")
_MOST_JOINED_WORDS = 5
_FEWEST_WORDS_AFTER_COUNTRY = 2
_SHORTEST_TELLING_SURNAME = 4


def is_title(word: str) -> bool:
    """Tell whether `word` is an office or a mode of address, as those before a name."""
    return _bare(word) in _OFFICES or _bare(word) in _MODES_OF_ADDRESS


def _bare(word: str) -> str:
    return word.casefold().strip(".,'’\"")


def strip_title(span: Span, text: str) -> Span | None:
    """Cut offices and modes of address off the start; None if there is no name behind them."""
    words = list(_NAME_WORD.finditer(text, span.start, span.end))
    first = 0
    if all(is_title(word[0]) for word in words):
        return None
    for number, word in enumerate(words[:-1]):  # the last may be a surname, as in Jim Justice
        after_address = number == first and _bare(word[0]) in _MODES_OF_ADDRESS
        if _bare(word[0]) in _OFFICES or after_address:
            first = number + 1
    return trim(replace(span, start=words[first].start()), text)


def strip_country(span: Span, text: str) -> Span:
    """Cut a country off that runs into a name of two words or more: "France Emmanuel Macron"."""
    words = list(_NAME_WORD.finditer(text, span.start, span.end))
    if len(words) <= _FEWEST_WORDS_AFTER_COUNTRY or not all(word[0][0].isupper() for word in words):
        return span
    country, *rest = [word[0] for word in words]
    if any(dictionary.is_ordinary(word.casefold()) for word in rest):
        return span
    if countries.named(country) and countries.is_telling(country):
        return Span(words[1].start(), span.end, "PERSON")
    return span


def surnames(spans: Iterable[Span], text: str) -> frozenset[str]:
    """Return the last words of full names, as written, save those that are ordinary words."""
    names = (span.of(text).split() for span in spans if span.label == "PERSON")
    last = {name[-1] for name in names if len(name) > 1}
    return frozenset(word for word in last if _is_telling_surname(word))


def _is_telling_surname(word: str) -> bool:
    written_as_name = word[0].isupper() and not word.isupper() and word.isalpha()
    return (
        written_as_name
        and len(word) >= _SHORTEST_TELLING_SURNAME
        and not dictionary.is_ordinary(word.casefold())
        and not countries.is_any(word)
    )


def join_fragments(spans: Iterable[Span], text: str) -> list[Span]:
    """Join persons that only a blank divides; the tagger cuts long names of four words or more.

    Two names that also stand alone elsewhere are two people, however close they come.
    """
    joined: list[Span] = []
    for span in spans:
        if joined and _belong_together(joined[-1], span, text):
            joined[-1] = replace(joined[-1], end=span.end)
        else:
            joined.append(span)
    return joined


def _belong_together(left: Span, right: Span, text: str) -> bool:
    if {left.label, right.label} != {"PERSON"} or text[left.end : right.start] != " ":
        return False
    words = text[left.start : right.end].split()
    if len(set(words)) < len(words):  # "Emmanuel Macron Emmanuel Macron": a caption, a link
        return False
    apart = _stands_elsewhere(left, text) and _stands_elsewhere(right, text)
    return len(words) <= _MOST_JOINED_WORDS and words[-1][0].isupper() and not apart


def _stands_elsewhere(span: Span, text: str) -> bool:
    """Tell whether a full name occurs a second time; a bare surname says nothing."""
    return len(fold(span.of(text)).split()) > 1 and text.count(span.of(text)) > 1
