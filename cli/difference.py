"""What changed between two revisions, word by word."""

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from cli.output import shown
from warehouse.changes import Piece, changed

AROUND = 5
"""So many unchanged words are shown on either side of a change."""
MOST_CHARACTERS = 600
"""Of all that is shown of one change of a text."""
_MARKS = {"removed": ("[-", "-]", "red"), "added": ("{+", "+}", "green")}


def told(row: dict[str, Any], most: int = MOST_CHARACTERS) -> list[Text]:
    """Return lines that show a revision's changes to a person, each cut to `most` characters."""
    if row["text_before"] is None:
        return []
    lines = []
    for name, pieces in changed(row).items():
        line = marked(pieces)
        line.truncate(most, overflow="ellipsis")
        lines.append(Text.assemble((f"{name}: ", "dim"), line))
    return lines or [Text("the words are the same; its date or authors have changed", style="dim")]


def marked(pieces: Sequence[Piece]) -> Text:
    """Return pieces as one line with [-what went-] and {+what came+}, and a few words around."""
    line = Text()
    for number, (kind, text) in enumerate(pieces):
        words = text.split()
        line.append(" " if text[:1].isspace() and line else "")
        if kind in _MARKS:
            start, end, style = _MARKS[kind]
            line.append(f"{start}{shown(text.strip()).plain}{end}", style)
        else:
            line.append(shown(_around(words, number == 0, number == len(pieces) - 1)).plain)
        line.append(" " if words and text[-1:].isspace() else "")
    line.rstrip()
    return line


def _around(words: list[str], first: bool, last: bool) -> str:
    """Return unchanged words, what is far from any change left out."""
    if first:
        kept = [] if last else words[-AROUND:]
        return " ".join(["…", *kept] if len(words) > AROUND else words)
    if last:
        return " ".join([*words[:AROUND], "…"] if len(words) > AROUND else words)
    if len(words) <= 2 * AROUND + 1:
        return " ".join(words)
    return " ".join([*words[:AROUND], "…", *words[-AROUND:]])
