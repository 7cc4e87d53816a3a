"""Words for a made-up past: sources, headlines and texts that read like news and report nothing."""

import random
from typing import NamedTuple

from benchmarks.history import lexicon

LANGUAGES = ("en", "en", "en", "de", "en", "es", "en", "en", "fr", "en")
"""The languages of sources, in turn."""

_SENTENCES = 160


class Entity(NamedTuple):
    """One entity that articles mention."""

    entity_id: str
    name: str
    type: str
    country_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    @property
    def wikidata_id(self) -> str | None:
        """Return its public id, where it is a real thing that has one here."""
        return self.entity_id if self.entity_id.startswith("Q") else None


class Told(NamedTuple):
    """A text, its words, and where it names whom: (entity, first character, one past the last)."""

    text: str
    words: int
    mentions: list[tuple[Entity, int, int]]


def entities() -> dict[str, list[Entity]]:
    """Return all entities by type."""
    people = [f"{first} {last}" for last in lexicon.LAST_NAMES for first in lexicon.FIRST_NAMES]
    return {
        "person": [Entity(f"eperson{n:05}", name, "person") for n, name in enumerate(people)],
        "organisation": [
            Entity(f"eorg{n:05}", f"{place[0]} {name}", "organisation")
            for n, (place, name) in enumerate(
                (p, o) for p in lexicon.PLACES for o in lexicon.ORGANISATIONS
            )
        ],
        "place": [
            Entity(f"eplace{n:05}", p[0], "place", *p[1:]) for n, p in enumerate(lexicon.PLACES)
        ],
        "country": [Entity(c[2], c[0], "country", c[1]) for c in lexicon.COUNTRIES],
    }


def source_name(number: int) -> str:
    """Return the host of a source; all differ."""
    town = lexicon.TOWNS[number % len(lexicon.TOWNS)]
    paper = lexicon.PAPERS[(number // len(lexicon.TOWNS) + number) % len(lexicon.PAPERS)]
    again = number // (len(lexicon.TOWNS) * len(lexicon.PAPERS))
    return f"{town}-{paper}{again or ''}.example"


class Writer:
    """Writes headlines and texts; the same seed gives the same words."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.entities = entities()
        self._pools = {
            ("en", theme): [self._english(nouns) for _ in range(_SENTENCES)]
            for theme, nouns in lexicon.THEMES.items()
        }
        for language in lexicon.OTHER:
            pool = [self._other(language) for _ in range(_SENTENCES)]
            self._pools |= {(language, theme): pool for theme in lexicon.THEMES}

    def event(self) -> "Event":
        """Return something that a story can be about."""
        pick = self.chance.choice
        theme = pick(list(lexicon.THEMES))
        of = {kind: pick(known) for kind, known in self.entities.items()}
        return Event(theme, pick(lexicon.THEMES[theme]), pick(lexicon.VERBS), of)

    def headline(self, event: "Event", language: str) -> str:
        """Return a headline; two of one event share some words."""
        pick, of = self.chance.choice, event.of
        if language != "en":
            return f"{of['place'].name}: {self._other(language)[:-1]}"
        form = pick(
            (
                "{o} {v} {n} in {p}",
                "{p}: {n} {v}, {w} says",
                "{w} on {n} in {c}: {a} step",
                "{n} {v} as {o} meets {w}",
            )
        )
        said = form.format(
            o=of["organisation"].name,
            p=of["place"].name,
            w=of["person"].name,
            c=of["country"].name,
            n=event.noun,
            v=event.verb,
            a=pick(lexicon.ADJECTIVES),
        )
        return said[0].upper() + said[1:]

    def tell(self, event: "Event", language: str, words: int) -> Told:
        """Return a text of about so many words."""
        parts: list[str] = []
        mentions: list[tuple[Entity, int, int]] = []
        length = 0
        of = event.of
        lead = (
            of["place"],
            " - ",
            of["person"],
            " (",
            of["organisation"],
            ", ",
            of["country"],
            "). ",
        )
        for part in lead:
            name = part if isinstance(part, str) else part.name
            if isinstance(part, Entity):
                mentions.append((part, length, length + len(name)))
            parts.append(name)
            length += len(name)
        pool = self._pools[language, event.theme]
        told = self.chance.choices(pool, k=max(2, round(words / 14)))
        for number, sentence in enumerate(told):
            told[number] = sentence + ("\n\n" if number % 4 == 3 else " ")
            length += len(told[number])
        if self.chance.random() < 0.5:
            other = self.chance.choice(self.entities["person"])
            mentions.append((other, length, length + len(other.name)))
            told.append(f"{other.name}.")
        text = "".join(parts) + "".join(told).rstrip()
        return Told(text, len(text.split()), mentions)

    def _english(self, nouns: list[str]) -> str:
        pick = self.chance.choice
        of = {
            "one": pick(nouns), "two": pick(nouns), "three": pick(nouns),
            "did": pick(lexicon.VERBS), "old": pick(lexicon.ADJECTIVES),
            "when": pick(lexicon.TIMES), "said": pick(lexicon.SAID),
            "many": self.chance.randrange(12, 900), "few": self.chance.randrange(2, 40),
        }  # fmt: skip
        return pick(lexicon.SENTENCES).format(**of)

    def _other(self, language: str) -> str:
        grammar = lexicon.OTHER[language]
        pick = self.chance.choice
        return grammar.form.format(
            pick(grammar.nouns), pick(grammar.verbs), pick(grammar.nouns), pick(grammar.days)
        )


class Event(NamedTuple):
    """What a story is about."""

    theme: str
    noun: str
    verb: str
    of: dict[str, Entity]
