"""Revisions: what counts as a change of an article, and what it changed, word by word.

A page differs a little each time it is fetched: spaces, quotation marks, "updated 5 minutes ago",
the links below it. None of this is news. Anything that changes the words of the article is, be it
one figure.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

from newsloom.extract.dates import parse_date
from newsloom.extract.furniture import is_label

MAX_LONE_CHARACTERS = 120
"""A line that is only a time stamp, a counter or a link is no longer than this."""
MAX_COMPARISONS = 4_000_000
"""Words before times words after: a longer stretch is shown as replaced as a whole."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W_{_UNSPACED}]+")
_TOKEN = re.compile(f"(?:[{_UNSPACED}]|[^\\W{_UNSPACED}]+|[^\\w\\s])\\s*|\\s+")
_VERB = (
    r"(?:last |zuletzt )?(?:updated|published|posted|modified|aktualisiert|veröffentlicht|"
    r"actualisé|"
    r"mis à jour|publié|actualizado|publicado|atualizado|aggiornato|pubblicato|bijgewerkt|"
    r"uppdaterad|oppdatert|opdateret|päivitetty|zaktualizowano|обновлено|оновлено)"
)
_BEFORE = r"(?:vor|il y a|hace|há|for|för)\s+"
_SPAN = (
    r"(?:\d+|an?|one|une?|eine[rm]?)\s+(?:seconds?|minutes?|mins?|hours?|hrs?|days?|sekunden?|"
    r"minuten?|stunden?|tage?n?|secondes?|heures?|jours?|segundos?|minutos?|horas?|días?|dias?|"
    r"minuti?|ore|giorni|uur|dagen|minuter|timm?ar|timer|minutter)\b"
)
_AFTER = r"\s*(?:ago|siden|sedan|geleden|fa|atrás)\b"
# How long ago a page was changed. Only with such a verb or at the beginning of a line: that
# somebody "died three days ago" is news.
_AGO = re.compile(
    rf"\b{_VERB}\b[^.\n]{{0,12}}?(?:{_BEFORE})?{_SPAN}(?:{_AFTER})?|"
    rf"^\W*(?:{_BEFORE}{_SPAN}(?:{_AFTER})?|{_SPAN}{_AFTER})",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"\W*(?:last |zuletzt )?(?:updated?|published|posted|modified|stand|aktualisiert|"
    r"veröffentlicht|"
    r"mis à jour|publié|actualizado|publicado|atualizado|aggiornato|pubblicato|bijgewerkt|"
    r"uppdaterad|"
    r"publicerad|oppdatert|publisert|opdateret|päivitetty|zaktualizowano|обновлено|оновлено|更新|公開|"
    r"发布时间|更新时间)\b.{0,80}",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"\W*(?:\d[\d.,\s]*[kKmM]?\s*(?:views?|reads?|comments?|shares?|likes?|min(?:ute)?s? read|"
    r"aufrufe|"
    r"kommentare?|vues|commentaires?|visitas|comentarios?|visualizza\w+|commenti|reacties|"
    r"просмотр\w*|комментари\w*|次浏览|阅读)|(?:views?|comments?|shares?|kommentare?|просмотров)"
    r"\s*:?\s*\(?\d[\d.,\s]*[kKmM]?\)?)\W*",
    re.IGNORECASE,
)


class Piece(NamedTuple):
    """A stretch of words: "same", "added" or "removed"."""

    kind: str
    text: str


def is_cosmetic(before_title: str, before_text: str, title: str, text: str) -> bool:
    """Tell whether an article differs in nothing that it says.

    Spaces, letter case, punctuation, time stamps, counters and the links below say nothing.
    """
    if _words(before_title) != _words(title):
        return False
    before, after = _telling_lines(before_text), _telling_lines(text)
    if before == after or [w for line in before for w in line] == [
        w for line in after for w in line
    ]:
        return True
    return _without_links(before_text) == _without_links(text)


def word_diff(before: str, after: str) -> list[Piece]:
    """Return what was kept, added and removed, in order.

    What is same or added makes up `after`, what is same or removed `before`. Takes time about in
    proportion to the texts, whatever they hold.
    """
    one, other = _TOKEN.findall(before), _TOKEN.findall(after)
    start = _equal(one, other)
    end = _equal(one[start:][::-1], other[start:][::-1])
    pieces = [
        Piece("same", "".join(one[:start])),
        *_changes(one[start : len(one) - end], other[start : len(other) - end]),
        Piece("same", "".join(one[len(one) - end :])),
    ]
    return list(_joined(iter([piece for piece in pieces if piece.text])))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _telling_lines(text: str) -> list[list[str]]:
    """Return the words of each line that says something."""
    lines = (_AGO.sub(" ", line) for line in text.split("\n") if not _passing(line))
    return [words for line in lines if (words := _words(line))]


def _passing(line: str) -> bool:
    """Tell whether a line is only a time stamp or a counter."""
    bare = line.strip()
    if len(bare) > MAX_LONE_CHARACTERS:
        return False
    stamp = _STAMP.fullmatch(bare) and (any(map(str.isdigit, bare)) or len(bare.split()) <= 3)
    return bool(stamp or _COUNTER.fullmatch(bare) or parse_date(bare))


def _without_links(text: str) -> list[list[str]]:
    """Return the telling lines without the links at the end, which a label leads."""
    lines = [line for line in text.split("\n") if line.strip()]
    ends = list(takewhile(_is_short, reversed(lines)))[::-1]
    first = len(lines) - len(ends)
    label = next((n for n, line in enumerate(ends) if is_label(line)), None)
    kept = lines if label is None else lines[: first + label]
    return _telling_lines("\n".join(kept))


def _is_short(line: str) -> bool:
    return len(line.strip()) <= MAX_LONE_CHARACTERS


def _equal(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the words that two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _changes(one: Sequence[str], other: Sequence[str]) -> Iterator[Piece]:
    if len(one) * len(other) > MAX_COMPARISONS:
        yield from _by_lines(one, other)
        return
    matcher = SequenceMatcher(
        None, one, other, autojunk=len(one) * len(other) > MAX_COMPARISONS // 8
    )
    yield from _pieces(matcher, one, other)


def _by_lines(one: Sequence[str], other: Sequence[str]) -> Iterator[Piece]:
    """Compare long stretches line by line; with many lines, too, as replaced."""
    first, second = _lines(one), _lines(other)
    if len(first) * len(second) > MAX_COMPARISONS:
        yield Piece("removed", "".join(one))
        yield Piece("added", "".join(other))
        return
    matcher = SequenceMatcher(None, first, second, autojunk=True)
    for kind, a, b, c, d in matcher.get_opcodes():
        before, after = "".join(first[a:b]), "".join(second[c:d])
        if kind == "equal":
            yield Piece("same", before)
            continue
        words, others = _TOKEN.findall(before), _TOKEN.findall(after)
        if len(words) * len(others) <= MAX_COMPARISONS // 8:
            yield from _pieces(SequenceMatcher(None, words, others), words, others)
        else:
            yield Piece("removed", before)
            yield Piece("added", after)


def _lines(tokens: Sequence[str]) -> list[str]:
    return "".join(tokens).splitlines(keepends=True)


def _pieces(
    matcher: "SequenceMatcher[str]", one: Sequence[str], other: Sequence[str]
) -> Iterator[Piece]:
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(one[a:b]))
        else:
            yield Piece("removed", "".join(one[a:b]))
            yield Piece("added", "".join(other[c:d]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Put neighbours of one kind together."""
    last: Piece | None = None
    for piece in pieces:
        if last and last.kind == piece.kind:
            last = Piece(last.kind, last.text + piece.text)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last
