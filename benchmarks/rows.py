"""Rows to ingest: real ones from a packed file, or made up from a fixed vocabulary."""

import gzip
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

SEED = 20
COPIES = 0.05
"""Share of the made-up rows that repeat an earlier text, as agencies' reports are repeated."""

_VOCABULARY = """
the of and to in a for on that with as by at from has have was were is are will would said after
before over under about against between during because although while when where who which their
government minister president parliament election party leader court police army company bank market
price trade budget tax deal strike union worker school hospital river bridge road harbour farmer
harvest storm flood fire quake rescue witness village city capital border region island north south
east west talks report plan law vote protest crowd speech summit treaty agency official spokesman
lawyer judge doctor teacher driver pilot ship train plane fuel power water oil gas steel grain sugar
cotton coffee export import profit loss share dollar million thousand percent year month week monday
tuesday wednesday thursday friday announced agreed rejected accused warned expected promised called
opened closed raised lowered reached signed found lost built sold bought moved stayed returned early
late new old large small local national foreign public private senior former several many most
""".split()  # noqa: SIM905 - a list of words is read more easily so
_NAMES = ["Berlin", "Nairobi", "Lima", "Oslo", "Canada", "Chile", "Kenya", "Norway", "Anna Berg",
          "Peter Novak", "Maria Costa", "United Nations", "World Bank"]  # fmt: skip


def write_rows(path: Path, count: int, bulk: Path | None) -> int:
    """Write up to `count` rows as JSON Lines; return how many there were."""
    lines = islice(_real(bulk) if bulk else _made_up(count), count)
    written = 0
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(line.rstrip("\n") + "\n")
            written += 1
    return written


def _real(bulk: Path) -> Iterator[str]:
    with gzip.open(bulk, "rt", encoding="utf-8") as file:
        yield from file


def _made_up(count: int) -> Iterator[str]:
    chance = random.Random(SEED)
    earlier: list[str] = []
    for number in range(count):
        if earlier and chance.random() < COPIES:
            text = chance.choice(earlier)
        else:
            text = " ".join(_sentence(chance) for _ in range(chance.randint(6, 16)))
            earlier.append(text)
        row = {
            "id": f"made-up-{number}",
            "title": _sentence(chance).rstrip("."),
            "text": text,
            "source": f"source-{number % 20}",
            "date": (date(2024, 1, 1) + timedelta(days=number // 100)).isoformat(),
        }
        yield json.dumps(row)


def _sentence(chance: random.Random) -> str:
    # Squaring prefers the front of the vocabulary, so that common words are common.
    words = [
        _VOCABULARY[int(len(_VOCABULARY) * chance.random() ** 2)]
        for _ in range(chance.randint(8, 20))
    ]
    words.insert(chance.randrange(len(words)), chance.choice(_NAMES))
    return f"{words[0].title()} {' '.join(words[1:])}."
