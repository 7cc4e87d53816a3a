"""News that tries to steer the terminal that shows it, and the proof that it failed."""

import re
import unicodedata
from itertools import cycle
from typing import Any

from news_texts import articles

HOSTILE_FILE = "evil[bold]\x1b[31m.jsonl"

TITLES = (
    "\x1b[2J\x1b[31mErased\x1b[0m screen",
    "\x1b]0;owned\x07 window title",
    "\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31m one byte \x9d0;owned\x9c",
    "first line\nsecond line\r\x1b[1Aover the first",
    "\u202ereversed \u2066isolated \u2069",
    "[red]markup[/red] [link=https://evil.example]here[/link] [/nothing]",
    ":skull: {braces} %s \\x1b[31m",
    "back\b\b\bspace \x7f\x00 bell\a",
    "\u2028line\u2029paragraph\x85next",
)
MARKUP = "[red]markup[/red]"

_SEQUENCES_OF_OURS = re.compile(r"\x1b\[[0-9;]*m")
_STEERING = re.compile("[\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def rows() -> list[dict[str, Any]]:
    """Return articles of some events, each dressed up; each headline is used at least once."""
    titles = cycle(TITLES)
    return [
        {
            **row,
            "title": title,
            "source": f"{title} source",
            "authors": [title],
            "description": title,
            "text": f"{title}\n\n{row['text']}",
        }
        for row, title in zip(articles(20), titles, strict=False)
    ]


def assert_harmless(output: str) -> None:
    """Assert that nothing but line ends and colours of our own could reach a terminal."""
    plain = _SEQUENCES_OF_OURS.sub("", output) if output.isascii() else output
    controls = {
        char for char in plain if char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cs")
    }
    assert not controls, controls
    assert not _STEERING.search(plain)
