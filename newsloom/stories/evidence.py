"""Evidence: the words and entities that two articles share, by weight, for a person to read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from newsloom.fingerprints.profile import damped
from newsloom.fingerprints.terms import RARITY, joined, vocabulary
from newsloom.fingerprints.tokens import words
from newsloom.scoring import Shared

MOST_TERMS = 10
MOST_ENTITIES = 8


class Wording(NamedTuple):
    """An article's terms by id: the weight, and the form of the word it uses most."""

    weights: Mapping[int, int]
    forms: Mapping[int, str]


def wording(title: str, text: str, language: str) -> Wording:
    """Return the terms of an article with their words."""
    times = Counter(joined(words(f"{title}\n{text}")))
    forms = sorted(times, key=lambda word: (-times[word], word))
    codes = vocabulary(language).codes(forms).tolist()
    counts: Counter[int] = Counter()
    rarity: dict[int, int] = {}
    best: dict[int, str] = {}
    for word, code in zip(forms, codes, strict=True):
        id_, rare = code >> RARITY.bits, code & RARITY.mask
        if rare:
            counts[id_] += times[word]
            rarity[id_] = min(rare, rarity.get(id_, rare))
            best.setdefault(id_, word)
    worth = damped(np.array(list(counts.values()), np.int64)).tolist()
    weights = {id_: round(rarity[id_] * w) for id_, w in zip(counts, worth, strict=True)}
    return Wording(weights, best)


def evidence(a: Wording, b: Wording, shared_entities: Iterable[str]) -> list[Shared]:
    """Return what weighs most of what the two share: entities first, then terms."""
    entities = [Shared("entity", name, 1.0) for name in list(shared_entities)[:MOST_ENTITIES]]
    weights = {id_: min(w, b.weights[id_]) for id_, w in a.weights.items() if id_ in b.weights}
    best = sorted(weights, key=lambda id_: (-weights[id_], a.forms[id_]))[:MOST_TERMS]
    return entities + [Shared("term", a.forms[id_], float(weights[id_])) for id_ in best]
