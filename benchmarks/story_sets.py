"""Labelled news for measuring and learning stories, read from a folder outside the project.

Each set is a JSON Lines file with title, text, date and the label `cluster` (equal for one event),
or pairs of texts with a rating. Nothing of them is part of the project.
"""

import ast
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsloom.fingerprints import sign
from newsloom.stories import PROFILE

LABELLED = {
    "ecbplus": "ecbplus.jsonl.gz",
    "vietnamese": "vietnamese.jsonl.gz",
    "excerpts": "allsides_excerpts.jsonl.gz",
    "allsides": "allsides.jsonl.gz",
}
PAIRS = "semeval_pairs.jsonl.gz"
SAME_EVENT_RATING = 2.0
OTHER_EVENT_RATING = 2.5
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: (\d{1,2}):(\d{2}))?")
_WIRE = re.compile(r"\s*(\d{1,2})-([A-Z]{3})-(\d{4}) (\d{1,2}):(\d{2})")
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


@dataclass(frozen=True)
class NewsSet:
    """Articles of one collection: (title, text, language, moment or None, label)."""

    name: str
    titles: list[str]
    texts: list[str]
    languages: list[str]
    moments: list[datetime | None]
    labels: NDArray[np.int64]
    sources: list[str]

    def __len__(self) -> int:
        return len(self.texts)

    def without(self, *, dates: bool = False, titles: bool = False, words: int = 0) -> "NewsSet":
        """Return the set with something left out, or cut to so many words."""
        changed = self
        if dates:
            changed = replace(changed, moments=[None] * len(self))
        if titles:
            changed = replace(changed, titles=[""] * len(self))
        if words:
            changed = replace(changed, texts=[_first_words(text, words) for text in self.texts])
        return changed


def labelled(folder: Path, name: str) -> NewsSet:
    """Read one of the sets of LABELLED."""
    return news(name, rows(folder / "stories" / LABELLED[name]))


def news(name: str, found: list[dict[str, Any]]) -> NewsSet:
    """Make a set of rows; a row without a label has one of its own."""
    labels = [str(row.get("cluster") or f"alone {n}") for n, row in enumerate(found)]
    return NewsSet(
        name,
        [row.get("title") or "" for row in found],
        [row.get("text") or "" for row in found],
        [row.get("lang") or "en" for row in found],
        [moment(row.get("date")) for row in found],
        np.unique(np.array(labels), return_inverse=True)[1],
        [str(row.get("source") or "") for row in found],
    )


def rated_pairs(folder: Path) -> tuple[NewsSet, NDArray[np.float64]]:
    """Return texts, two in a row a pair of one language, and the rating of each pair, 1 to 4."""
    found, ratings = [], []
    for row in rows(folder / "stories" / PAIRS):
        if row["lang1"] == row["lang2"]:
            for side in "ab":
                text = row[side] if isinstance(row[side], dict) else ast.literal_eval(row[side])
                found.append({"text": text["text"], "lang": row["lang1"]})
            ratings.append(float(row["overall"]))
    return news("semeval", found), np.array(ratings)


@cache
def rows(path: Path) -> list[dict[str, Any]]:
    """Read a compressed JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def moment(value: object) -> datetime | None:
    """Read the dates of all the sets; UTC without a zone, None where there is none."""
    text = str(value or "")
    if match := _DAY_FIRST.match(text):
        day, month, year, hour, minute = (int(part or 0) for part in match.groups())
        return datetime(year, month, day, hour, minute)
    if match := _WIRE.match(text):
        day, year = int(match[1]), int(match[3])
        return datetime(year, _MONTHS.index(match[2]) + 1, day, int(match[4]) % 24, int(match[5]))
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def profiles(given: NewsSet) -> pa.Table:
    """Return the table of PROFILE of a set; article ids are the numbers of its rows."""
    ids = [f"{n:06d}" for n in range(len(given))]
    parts = [_signed(given, ids, slice(n, n + 500)) for n in range(0, len(given), 500)]
    signed = pa.concat_tables(parts).combine_chunks()
    columns = {
        "article_id": pa.array(ids, pa.string()),
        "published_at": pa.array(given.moments, pa.timestamp("us")),
        "language": pa.array(given.languages, pa.string()),
        "word_count": pa.array([len(text.split()) for text in given.texts], pa.int32()),
    }
    named = [columns[f.name] if f.name in columns else signed[f.name] for f in PROFILE]
    return pa.table(named, schema=PROFILE)


def _signed(given: NewsSet, ids: list[str], some: slice) -> pa.Table:
    return sign(
        pa.table(
            {
                "content_id": pa.array(ids[some], pa.string()),
                "title": given.titles[some],
                "text": given.texts[some],
                "language": given.languages[some],
            }
        )
    )


def _first_words(text: str, words: int) -> str:
    """Cut after so many words, white space kept: a line break ends a sentence."""
    return "".join(re.findall(r"\s*\S+", text)[:words])


def batches(size: int, step: int) -> Iterator[slice]:
    """Yield slices of `step` that cover `size`."""
    return (slice(n, n + step) for n in range(0, size, step))
