"""Text from the news as one plain line: nothing in it can steer a terminal or break a layout."""

import unicodedata

_REORDERING = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}  # fmt: skip


def one_line(text: str) -> str:
    """Fold white space to single spaces, and drop control and text-reordering characters."""
    kept = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _REORDERING)
    )
    return " ".join(kept.split())
