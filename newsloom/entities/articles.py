"""One article from text to mentions: tag body and headline, then settle what each name means."""

from collections import Counter
from dataclasses import dataclass

from newsloom.entities import acronyms, countries, dictionary, passages, persons, territories
from newsloom.entities.acronyms import Definition
from newsloom.entities.identity import Identity, Named, Resolver
from newsloom.entities.names import fold, is_acronym
from newsloom.entities.passages import Passage
from newsloom.entities.people import words_of
from newsloom.entities.spans import Span
from newsloom.vocabulary import EntityType

TAGGED_CHARACTERS = 200_000
"""Only the start of a longer text is tagged: no news article is that long, but dumps are."""

_SAMPLED_WORDS = 400
_SHORTEST_SHOUT = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an entity; `start` and `end` count code points of the text or title."""

    identity: Identity
    name: str
    surface: str
    start: int
    end: int
    in_title: bool


def mentions(title: str, text: str, language: str) -> list[Mention]:
    """Return the mentions in one article, those of the headline first, in order of place."""
    title, text = title[:TAGGED_CHARACTERS], _start(text)
    if language == "en" or (language == "und" and _looks_english(title, text)):
        return _in_english(title, text)
    if language == "und":
        return []
    return [
        *_countries_only(title, language, in_title=True),
        *_countries_only(text, language, in_title=False),
    ]


def _start(text: str) -> str:
    """Return as much of `text` as is tagged, cut between words if there are any."""
    if len(text) <= TAGGED_CHARACTERS:
        return text
    start = text[:TAGGED_CHARACTERS]
    return start[: max(start.rfind(" "), start.rfind("\n"))] if " " in start else start


def _looks_english(title: str, text: str) -> bool:
    sample = f"{title} {text[: _SAMPLED_WORDS * 10]}".casefold().split()[:_SAMPLED_WORDS]
    return dictionary.looks_english(sample)


def _countries_only(text: str, language: str, *, in_title: bool) -> list[Mention]:
    found = []
    for start, end, code in territories.find(text, language):
        country = countries.by_code()[code]
        identity = Identity(EntityType.COUNTRY, code, country, country.name)
        found.append(Mention(identity, country.name, text[start:end], start, end, in_title))
    return found


def _in_english(title: str, text: str) -> list[Mention]:
    definitions = acronyms.definitions(text)
    body = passages.body(text, definitions.values())
    in_body = passages.spans(body, definitions)
    known = sorted({span.of(text) for span in in_body})
    head = passages.headline(title, body, known)
    in_head = passages.spans(head, definitions, persons.surnames(in_body, text))
    found = [(head, span) for span in in_head] + [(body, span) for span in in_body]
    return _settled(found, definitions)


def _settled(
    found: list[tuple[Passage, Span]], definitions: dict[str, Definition]
) -> list[Mention]:
    named = [Named(span.of(passage.text), span.label) for passage, span in found]
    resolver = Resolver(named, definitions)
    identities = [resolver.identify(entry) for entry in named]
    names = _names(zip(identities, named, strict=True))
    return [
        Mention(identity, names[identity.entity_id], entry.surface,
                span.start, span.end, passage.in_title)
        for (passage, span), entry, identity in zip(found, named, identities, strict=True)
        if identity
    ]  # fmt: skip


def _names(pairs: "zip[tuple[Identity | None, Named]]") -> dict[str, str]:
    """Choose a name for each entity: its own, or the best of the surfaces that spell its key."""
    surfaces: dict[str, Counter[str]] = {}
    identity_of: dict[str, Identity] = {}
    for identity, entry in pairs:
        if identity:
            identity_of[identity.entity_id] = identity
            surfaces.setdefault(identity.entity_id, Counter())[entry.surface] += 1
    return {
        entity_id: identity.name or _calm(_best(surfaces[entity_id], identity), identity)
        for entity_id, identity in identity_of.items()
    }


def _best(surfaces: Counter[str], identity: Identity) -> str:
    """Return the commonest surface that is the whole name, rather not in capitals throughout."""
    whole = [name for name in surfaces if _is_whole(name, identity)] or list(surfaces)

    def rank(name: str) -> tuple[bool, int, int, str]:
        shouted = name.isupper() and not is_acronym(name)
        return (shouted, -surfaces[name], -len(name), name)

    return min(whole, key=rank)


def _calm(name: str, identity: Identity) -> str:
    """Return "Cairo" for the "CAIRO" of a dateline; shorter names may be acronyms."""
    shouted = name.isupper() and identity.type in (EntityType.PLACE, EntityType.PERSON)
    return name.title() if shouted and len(name) >= _SHORTEST_SHOUT else name


def _is_whole(name: str, identity: Identity) -> bool:
    words = words_of(name) if identity.type is EntityType.PERSON else (fold(name),)
    return " ".join(words) == identity.key
