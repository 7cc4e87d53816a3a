"""Text from the news as plain text: nothing in it can steer a terminal or break a layout."""

import unicodedata

_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(line: str) -> str:
    """Drop control and text-reordering characters; white space becomes plain spaces."""
    return "".join(
        " " if char.isspace() else char for char in line if char.isspace() or _harmless(char)
    )


def one_line(text: str) -> str:
    """Return `printable` text with its white space folded to single spaces."""
    return " ".join(printable(text).split())


def _harmless(char: str) -> bool:
    return char not in _REORDERING and unicodedata.category(char) not in ("Cc", "Cs")
