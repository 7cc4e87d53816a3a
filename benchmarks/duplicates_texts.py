"""Texts with known copies: real news, and controlled edits of it.

Most edits aim at a Jaccard similarity of word 5-grams between .5 and 1, by replacing words and by
leaving out and adding sentences; some are excerpts, some are the same words in other type. What an
edit came to is computed exactly from sets of strings, by none of the code that is measured.
"""

import gzip
import json
import random
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from newsloom.fingerprints.tokens import words

SEED = 11
MIN_WORDS = 40
ORIGINALS = 0.6
"""Share of the texts that are originals, if the folder has so many."""
EXCERPTS, RETYPED = 0.1, 0.05
WIDTH = 5


class Pair(NamedTuple):
    """Two texts that stem from one, by their numbers, and how similar they are exactly."""

    a: int
    b: int
    jaccard: float
    containment: float


def write_texts(folder: Path, count: int, into: Path) -> list[Pair]:
    """Write `count` texts (content_id, title, text) as Parquet; return the pairs of each family."""
    chance = random.Random(SEED)
    originals = _originals(folder, round(count * ORIGINALS), chance)
    texts = list(originals)
    families: dict[int, list[int]] = {}
    while len(texts) < count:
        family = chance.randrange(len(originals))
        families.setdefault(family, [family]).append(len(texts))
        texts.append(_edit(originals[family], chance))
    names = [f"{number:08x}" for number in range(len(texts))]
    table = pa.table({"content_id": names, "title": [""] * len(texts), "text": texts})
    pq.write_table(table, into, row_group_size=2048)
    return [pair for members in families.values() for pair in _pairs(members, texts)]


def _originals(folder: Path, most: int, chance: random.Random) -> list[str]:
    # Sorted and without repetitions, so that the same files give the same texts.
    found = sorted({text for text in _real(folder) if text.count(" ") >= MIN_WORDS})
    chance.shuffle(found)
    return found[:most]


def _real(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line).get("text") or ""


def _edit(text: str, chance: random.Random) -> str:
    kind = chance.random()
    tokens = text.split()
    if kind < EXCERPTS:
        return " ".join(tokens[: max(len(tokens) * chance.randint(25, 60) // 100, 30)])
    if kind < EXCERPTS + RETYPED:
        return "  ".join(tokens).upper() if text.isascii() else "\n".join(tokens)
    wanted = chance.uniform(0.5, 1)
    # Of n 5-grams, m that are changed leave a similarity of (n - m) / (n + m).
    changed = int(len(tokens) * (1 - wanted) / (1 + wanted))
    if kind < 0.6:
        return " ".join(_replace_words(tokens, changed, chance))
    return " ".join(_move_sentence(tokens, changed, chance))


def _replace_words(tokens: list[str], changed: int, chance: random.Random) -> list[str]:
    places = chance.sample(range(len(tokens)), max(changed // WIDTH, 1))
    return [_invented(chance) if at in places else token for at, token in enumerate(tokens)]


def _move_sentence(tokens: list[str], changed: int, chance: random.Random) -> list[str]:
    """Leave out a passage, and put a new one in elsewhere."""
    size = max(changed, 1)
    first = chance.randrange(max(len(tokens) - size, 1))
    rest = tokens[:first] + tokens[first + size :]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + [_invented(chance) for _ in range(size)] + rest[at:]


def _invented(chance: random.Random) -> str:
    return "".join(chance.choices("bdfgklmnprstvz", k=3)) + "".join(chance.choices("aeiou", k=2))


def _pairs(members: list[int], texts: list[str]) -> Iterator[Pair]:
    sets = {number: gram_set(texts[number]) for number in members}
    for a, b in combinations(members, 2):
        yield Pair(a, b, *exact(sets[a], sets[b]))


def gram_set(text: str) -> set[str]:
    """Return the word 5-grams of a text, as strings."""
    units = words(text)
    return {" ".join(units[at : at + WIDTH]) for at in range(max(len(units) - WIDTH + 1, 1))}


def exact(a: set[str], b: set[str]) -> tuple[float, float]:
    """Return Jaccard similarity and containment of the smaller."""
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared), shared / max(min(len(a), len(b)), 1)
