"""How near an extracted article is to what a person says is on the page.

text      F1 of the words, as bags, letter case aside; scripts without spaces count by character
title     the same, after spaces are folded and quotation marks and dashes have one spelling
date      at most 24 hours apart
authors   F1 of the names, letter case and spaces aside
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

MEASURES = ("text", "title", "date", "authors")
DAY = timedelta(days=1)
# A character of a script without spaces is a token; so is a run of any others.
_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    r"|[^\W_\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
)
_SPELLINGS = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2039\u203a\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)


class Answer(NamedTuple):
    """What a program, or a person, says is on a page."""

    text: str
    title: str
    date: datetime | None
    """UTC, without a zone."""
    authors: Sequence[str]


class Marks(NamedTuple):
    """The four figures of one page, each from 0 to 1, None where there is nothing to compare."""

    text: float
    title: float
    date: float | None
    authors: float | None


def marks(gold: Answer, found: Answer, *, with_authors: bool) -> Marks:
    """Compare one page's answer with the truth."""
    near = gold.date and found.date and abs(gold.date - found.date) <= DAY
    return Marks(
        text=f1(tokens(gold.text), tokens(found.text)),
        title=float(one_spelling(gold.title) == one_spelling(found.title)),
        date=float(bool(near)) if gold.date else None,
        authors=f1(names(gold.authors), names(found.authors)) if with_authors else None,
    )


def f1(truth: Counter[str], found: Counter[str]) -> float:
    """Return the harmonic mean of precision and recall of two bags; two empty ones agree."""
    held = truth.total() + found.total()
    return 2 * (truth & found).total() / held if held else 1.0


def tokens(text: str) -> Counter[str]:
    """Return the bag of a text's words."""
    return Counter(_TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()))


def names(authors: Iterable[str]) -> Counter[str]:
    """Return the set of names, as a bag."""
    return Counter({" ".join(name.casefold().split()) for name in authors})


def one_spelling(title: str) -> str:
    """Return a headline for comparison: the words as they are, marks and spaces in one spelling."""
    folded = unicodedata.normalize("NFKC", title).translate(_SPELLINGS)
    return " ".join(folded.replace("''", '"').split())


def utc(moment: datetime) -> datetime:
    """Return a moment in UTC without a zone; one without a zone is taken to be in UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def mean(all_marks: Sequence[Marks], measure: str) -> float:
    """Return the mean of one figure over the pages that have it."""
    values = [value for m in all_marks if (value := getattr(m, measure)) is not None]
    return sum(values) / len(values) if values else 0.0
