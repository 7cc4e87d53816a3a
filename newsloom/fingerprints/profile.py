"""A story profile: what an article is about, small enough to compare with thousands of others.

The terms that weigh most, each with its weight and what it is there (in the headline, in the lead,
a name), and three kinds of detail that look-alike events do not share: neighbouring words, numbers
with the word beside them, and days that the text speaks of.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsloom.fingerprints.hashing import I64, U64, mix
from newsloom.fingerprints.names import named
from newsloom.fingerprints.spoken import spoken_days
from newsloom.fingerprints.terms import NUMBER, RARITY, Vocabulary, joined, vocabulary
from newsloom.fingerprints.tokens import words

U32 = NDArray[np.uint32]
U8 = NDArray[np.uint8]
I32 = NDArray[np.int32]

MAX_TERMS = 160
MAX_PAIRS = 160
MAX_NUMBERS = 48
MAX_DAYS = 24
MAX_WORDS = 20_000
MAX_CHARACTERS = 200_000
"""So much of a text is read: four times the longest feature. Books are no news."""
LEAD_WORDS = 60
IN_TITLE = 1
IN_LEAD = 2
IS_NAME = 4
WEIGHT_UNIT = 4
"""Weights are stored in quarters of a step of rarity."""


class Profile(NamedTuple):
    """Ids and days ascend; `weights` and `places` go with `terms`, `pair_weights` with `pairs`."""

    terms: U32
    weights: U8  # rarity times damped frequency, in quarters: 4..72
    places: U8  # IN_TITLE, IN_LEAD and IS_NAME bits
    pairs: U32
    pair_weights: U8
    numbers: U32
    days: I32  # months and days spoken of, as 32 * month + day
    dates: I32  # those with a year, as days since 1970


def profile(title: str, text: str, language: str) -> Profile:
    """Return the story profile of an article; without words, empty arrays."""
    return profile_of_words(title, text, words(title), words(text), language)


def profile_of_words(
    title: str, text: str, title_words: Sequence[str], text_words: Sequence[str], language: str
) -> Profile:
    """Return the profile of an article whose words are known already."""
    known = vocabulary(language)
    text, text_words = text[:MAX_CHARACTERS], text_words[:MAX_WORDS]
    title_units, text_units = joined(title_words), joined(text_words)
    units = [*title_units, *text_units]
    codes = known.codes(units)
    ids, rarity = codes >> RARITY.bits, codes & RARITY.mask
    headline = len(title_units)
    terms, weights = _weighted(ids, rarity, MAX_TERMS)
    places = (
        IN_TITLE * np.isin(terms, ids[:headline])
        + IN_LEAD * np.isin(terms, ids[headline : headline + LEAD_WORDS])
        + IS_NAME * np.isin(terms, _names(text, codes[headline:], known))
    )
    pairs, pair_weights = _pairs(ids, rarity)
    days, dates = spoken_days(f"{title}\n{text}", language)
    return Profile(
        terms.astype(np.uint32),
        weights,
        places.astype(np.uint8),
        pairs,
        pair_weights,
        _numbers(units, codes, known),
        np.array(days[:MAX_DAYS], np.int32),
        np.array(dates[:MAX_DAYS], np.int32),
    )


def _weighted(ids: I64, rarity: I64, most: int) -> tuple[I64, U8]:
    """Return the ids that weigh most, ascending, with their weights."""
    telling = rarity > 0
    ids, rarity = ids[telling], rarity[telling]
    distinct, places, counts = np.unique(ids, return_inverse=True, return_counts=True)
    # Forms of one stem differ in rarity: the commonest counts.
    least = np.full(len(distinct), np.iinfo(np.int64).max)
    np.minimum.at(least, places, rarity)
    return _heaviest(distinct, least * damped(counts), most)


def damped(counts: I64) -> NDArray[np.float64]:
    """Return what repetition is worth: 1 for once, up to 3 for sixteen times."""
    worth: NDArray[np.float64] = np.minimum(1 + np.log2(counts) / 2, 3)
    return worth


def _heaviest(ids: I64, weights: NDArray[np.float64], most: int) -> tuple[I64, U8]:
    steps = np.minimum(np.rint(weights * WEIGHT_UNIT), 255).astype(np.uint8)
    if len(ids) > most:
        chosen = np.sort(np.lexsort((ids, -steps.astype(np.int64)))[:most])
        ids, steps = ids[chosen], steps[chosen]
    return ids, steps


def _names(text: str, codes: I64, known: Vocabulary) -> I64:
    """Return the ids of the words that the text writes with a capital more often than not."""
    inside, opening = named(text)
    if not inside:
        return np.empty(0, np.int64)
    capitals = known.codes(list(inside)) >> RARITY.bits
    times = np.array(list(inside.values()))
    opened = known.codes(list(opening)) >> RARITY.bits
    ids, places = np.unique(capitals, return_inverse=True)
    upper = np.bincount(places, times, len(ids))
    every = _count(ids, codes >> RARITY.bits, np.ones(len(codes)))
    # At the start of a sentence everything has a capital, so those places do not vote.
    every -= _count(ids, opened, np.array(list(opening.values()), np.float64))
    names: I64 = ids[2 * upper >= every]
    return names


def _count(ids: I64, found: I64, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how often each of the ids (ascending) is found."""
    at = np.minimum(np.searchsorted(ids, found), len(ids) - 1)
    hit = ids[at] == found
    counted: NDArray[np.float64] = np.bincount(at[hit], times[hit], len(ids)).astype(np.float64)
    return counted


def _pairs(ids: I64, rarity: I64) -> tuple[U32, U8]:
    """Return the neighbouring terms, common words left out, that weigh most."""
    telling = rarity > 0
    ids, rarity = ids[telling], rarity[telling]
    apart = ids[:-1] != ids[1:]
    pairs = pair_ids(ids[:-1][apart], ids[1:][apart])
    distinct, first, counts = np.unique(pairs, return_index=True, return_counts=True)
    rare = (rarity[:-1] + rarity[1:])[apart][first]
    kept, weights = _heaviest(distinct, rare * damped(counts), MAX_PAIRS)
    return kept.astype(np.uint32), weights


def pair_ids(a: I64, b: I64) -> I64:
    """Return 32-bit ids of unordered pairs of ids."""
    low, high = np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64)
    pairs: I64 = (mix(low << np.uint64(32) | high) >> np.uint64(32)).astype(np.int64)
    return pairs


def _numbers(units: Sequence[str], codes: I64, known: Vocabulary) -> U32:
    """Return the ids of numbers: long ones alone, all with the term beside them."""
    ids, is_number = codes >> RARITY.bits, codes & NUMBER > 0
    telling = codes & RARITY.mask > 0
    at = np.flatnonzero(is_number)
    found = [ids[at[[len(units[int(n)]) > 2 for n in at]]]] if len(at) else []
    for step in (-1, 1):
        near = at + step
        inside = (near >= 0) & (near < len(ids))
        here, there = at[inside], near[inside]
        keep = telling[there] & ~is_number[there]
        found.append(pair_ids(ids[here[keep]], ids[there[keep]]))
    distinct = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    return distinct[:MAX_NUMBERS].astype(np.uint32)


def replicas(terms: U32, weights: U8) -> U64:
    """Return one member for each step of each term's weight: a weighted set as a plain one."""
    steps = weights // WEIGHT_UNIT
    repeated = np.repeat(terms.astype(np.uint64), steps)
    first = np.repeat(np.cumsum(steps, dtype=np.int64) - steps, steps)
    nth = (np.arange(len(repeated)) - first).astype(np.uint64)
    return mix(repeated << np.uint64(8) | nth)
