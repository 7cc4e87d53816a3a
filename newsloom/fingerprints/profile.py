"""A story profile: what an article is about, small enough to compare with thousands of others.

The terms that weigh most, each with its weight and the places where it stands (headline, lead),
and two kinds of detail that look-alike events do not share: rare word pairs, and numbers with
their neighbours.
"""

from collections import Counter
from itertools import pairwise
from math import log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsloom.fingerprints.hashing import U64, hash_text, mix
from newsloom.fingerprints.terms import Term, term

U32 = NDArray[np.uint32]
U8 = NDArray[np.uint8]

MAX_TERMS = 128
MAX_PAIRS = 64
MAX_NUMBERS = 32
LEAD_WORDS = 60
IN_TITLE = 1
IN_LEAD = 2
PAIR_RARITY = 5
"""Two neighbouring terms make a rare pair when their rarities add up to this."""


class Profile(NamedTuple):
    """Ids ascend; `weights` and `places` go with `terms`."""

    terms: U32
    weights: U8  # rarity times damped frequency, 1..18
    places: U8  # IN_TITLE and IN_LEAD bits
    pairs: U32
    numbers: U32


def profile(title_words: list[str], text_words: list[str], language: str) -> Profile:
    """Return the story profile of an article by its words; without any, five empty arrays."""
    title_terms = [term(word, language) for word in title_words]
    text_terms = [term(word, language) for word in text_words]
    # Without a headline the lead's first words stand in for it nowhere: absence is a feature.
    places = {t.id: IN_LEAD for t in text_terms[:LEAD_WORDS] if t.rarity}
    for t in title_terms:
        if t.rarity:
            places[t.id] = places.get(t.id, 0) | IN_TITLE
    all_terms = title_terms + text_terms
    weights = term_weights(all_terms)
    chosen = sorted(weights, key=lambda id_: (-weights[id_], id_))[:MAX_TERMS]
    chosen.sort()
    return Profile(
        np.array(chosen, np.uint32),
        np.array([weights[id_] for id_ in chosen], np.uint8),
        np.array([places.get(id_, 0) for id_ in chosen], np.uint8),
        _rare_pairs(all_terms),
        _numbers(title_words + text_words, all_terms),
    )


def term_weights(terms: list[Term]) -> dict[int, int]:
    """Return each term's weight: its least rarity, times up to 3 for repetition."""
    rarity: dict[int, int] = {}
    counts: Counter[int] = Counter()
    for t in terms:
        if t.rarity:
            # Forms of one stem differ in rarity: the commonest counts.
            rarity[t.id] = min(t.rarity, rarity.get(t.id, t.rarity))
            counts[t.id] += 1
    return {id_: round(rarity[id_] * min(1 + log2(n) / 2, 3)) for id_, n in counts.items()}


def _rare_pairs(terms: list[Term]) -> U32:
    """Return the ids of neighbouring terms that are rare together, common words left out."""
    kept = [t for t in terms if t.rarity]
    scored = {
        _pair_id(a.id, b.id): a.rarity + b.rarity
        for a, b in pairwise(kept)
        if a.id != b.id and a.rarity + b.rarity >= PAIR_RARITY
    }
    best = sorted(scored, key=lambda id_: (-scored[id_], id_))[:MAX_PAIRS]
    return np.array(sorted(best), np.uint32)


def _numbers(units: list[str], terms: list[Term]) -> U32:
    """Return the ids of numbers: long ones alone, all with the term beside them."""
    found: list[int] = []
    for at, unit in enumerate(units):
        if not unit[0].isdecimal():
            continue
        if len(unit) > 2 and terms[at].rarity:
            found.append(terms[at].id)
        for near in (at - 1, at + 1):
            if 0 <= near < len(terms) and terms[near].rarity and not units[near][0].isdecimal():
                found.append(_pair_id(terms[near].id, hash_text(unit) >> 32))
    return np.array(sorted(dict.fromkeys(found))[:MAX_NUMBERS], np.uint32)


def _pair_id(a: int, b: int) -> int:
    """Return a 32-bit id of an unordered pair."""
    low, high = sorted((a, b))
    return (low * 0x9E3779B1 + high * 0x85EBCA77 + 0x27D4EB2F) & 0xFFFFFFFF


def replicas(terms: U32, weights: U8) -> U64:
    """Return one member for each unit of each term's weight: a weighted set as a plain one."""
    repeated = np.repeat(terms.astype(np.uint64), weights)
    first = np.repeat(np.cumsum(weights) - weights, weights)
    nth = (np.arange(len(repeated)) - first).astype(np.uint64)
    return mix(repeated << np.uint64(8) | nth)
