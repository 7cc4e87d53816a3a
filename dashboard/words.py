"""Words of the news as markup: what changed in them, and who is named where."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from newsloom.plain import printable
from warehouse.changes import Piece, changed

AROUND = 12
"""So many unchanged words are shown on either side of a change."""
MOST_PIECES = 80
MOST_PIECE_CHARACTERS = 2_000
# Read aloud, too: a colour alone tells nothing.
_ADDED = Markup('<ins><span class="hidden">added: </span>{}</ins>')
_REMOVED = Markup('<del><span class="hidden">removed: </span>{}</del>')


def lines(text: str) -> str:
    """Return a text with its lines and no character that steers what is around it."""
    return "\n".join(printable(line) for line in text.splitlines())


def differences(row: dict[str, Any]) -> Markup:
    """Return what a revision changed: <del> for what went, <ins> for what came.

    row: with title, text, title_before and text_before.
    """
    if row["text_before"] is None:
        return Markup('<p class="dim">The first reading.</p>')
    parts = [
        Markup('<p class="diff"><span class="dim">{}:</span> {}</p>').format(name, marked(pieces))
        for name, pieces in changed(row).items()
    ]
    same = Markup('<p class="dim">The same words; its date or authors have changed.</p>')
    return Markup("\n").join(parts) if parts else same


def marked(pieces: Sequence[Piece]) -> Markup:
    """Return pieces as markup, long stretches without a change shortened."""
    out = []
    pieces = list(_told_apart(pieces))
    for number, (kind, text) in enumerate(pieces[:MOST_PIECES]):
        if kind == "same":
            out.append(escape(_around(text, number == 0, number == len(pieces) - 1)))
            continue
        cut = lines(text[:MOST_PIECE_CHARACTERS])
        cut += "…" if len(text) > MOST_PIECE_CHARACTERS else ""
        out.append((_ADDED if kind == "added" else _REMOVED).format(cut))
    if len(pieces) > MOST_PIECES:
        out.append(Markup(" … and {} more changes").format(len(pieces) - MOST_PIECES))
    return Markup(" ").join(out)


def _told_apart(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces without the words that went and came again: only the space after them did."""
    left = list(pieces)
    while left:
        kind, text = left.pop(0)
        if kind == "removed" and left and left[0][0] == "added":
            went, came = text.rstrip(), left[0][1]
            if came.startswith(went) and came[len(went) :][:1].isspace():
                left[0] = ("added", came[len(went) :])
                kind, text = "same", went
        yield kind, text


def _around(text: str, first: bool, last: bool) -> str:
    words = lines(text).split()
    before, after = (0 if first else AROUND), (0 if last else AROUND)
    if len(words) <= before + after + 2:
        return " ".join(words)
    return " ".join([*words[:before], "…", *(words[-after:] if after else [])])


def highlighted(text: str, mentions: Iterable[dict[str, Any]]) -> Markup:
    """Return a text with each mention a link to its entity, by the characters it stands at.

    mentions: entity_id, name, type, char_start, char_end in characters of `text`. Of those that
    overlap the first is shown; one that does not fit the text is not.
    """
    parts: list[str] = []
    at = 0
    for row in mentions:
        start, end = row["char_start"], row["char_end"]
        if start is None or end is None or not at <= start < end <= len(text):
            continue
        parts.append(escape(_kept(text[at:start])))
        parts.append(
            Markup('<a class="mention {}" href="/entities/{}" title="{}">{}</a>').format(
                row["type"],
                quote(row["entity_id"], safe=""),
                printable(f"{row['name']}, {row['type']}"),
                _kept(text[start:end]),
            )
        )
        at = end
    parts.append(escape(_kept(text[at:])))
    return Markup("").join(parts)


def _kept(part: str) -> str:
    """Return a part of a text, its line ends and outer blanks kept."""
    return "\n".join(printable(line) for line in part.replace("\r", "").split("\n"))
