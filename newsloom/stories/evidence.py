"""Evidence: the words and entities that two articles share, by weight, for a person to read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pyarrow as pa

from newsloom.fingerprints.profile import term_weights
from newsloom.fingerprints.terms import term
from newsloom.fingerprints.tokens import words

EVIDENCE = pa.list_(
    pa.struct([("kind", pa.string()), ("name", pa.string()), ("weight", pa.float32())])
)
MOST_TERMS = 10
MOST_ENTITIES = 8


class Shared(NamedTuple):
    """One thing that both articles have: a term or an entity."""

    kind: str
    name: str
    weight: float


class Wording(NamedTuple):
    """An article's terms by id: the weight, and the form of the word it uses most."""

    weights: Mapping[int, int]
    forms: Mapping[int, str]


def wording(title: str, text: str, language: str) -> Wording:
    """Return the terms of an article with their words."""
    forms: dict[int, Counter[str]] = defaultdict(Counter)
    terms = []
    for word in words(f"{title}\n{text}"):
        found = term(word, language)
        terms.append(found)
        if found.rarity:
            forms[found.id][word] += 1
    best = {id_: min(counts, key=lambda w: (-counts[w], w)) for id_, counts in forms.items()}
    return Wording(term_weights(terms), best)


def evidence(a: Wording, b: Wording, shared_entities: Iterable[str]) -> list[Shared]:
    """Return what weighs most of what the two share: entities first, then terms."""
    entities = [Shared("entity", name, 1.0) for name in list(shared_entities)[:MOST_ENTITIES]]
    weights = {id_: min(w, b.weights[id_]) for id_, w in a.weights.items() if id_ in b.weights}
    best = sorted(weights, key=lambda id_: (-weights[id_], a.forms[id_]))[:MOST_TERMS]
    return entities + [Shared("term", a.forms[id_], float(weights[id_])) for id_ in best]
