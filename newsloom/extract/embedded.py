"""Articles that a page carries as data for its programs, where its own markup holds none.

Sites built in the browser send the text as a string of HTML inside a script; without programs the
page is empty. The longest such string with paragraphs in it is the article.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice

from newsloom.extract.fragment import fragment_lines
from newsloom.extract.texts import clean

MIN_CHARACTERS = 400
MIN_PARAGRAPHS = 2
MAX_STRINGS = 500
# A string of JSON. Strings are consumed one after the other, closed or not: the time is linear.
_STRING = re.compile(r'"(?>[^"\\\n]++|\\.)*+"?')
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_ESCAPED_PARAGRAPH = re.compile(r"(?:<|\\u003[cC]|\\x3[cC])p[\s>\\]")


def embedded_text(html: str) -> str:
    """Return the text of the longest article in the page's data, "" where there is none."""
    best = max(_candidates(html), key=len, default="")
    lines = fragment_lines(best) if best else []
    text = clean("\n".join(lines))
    return text if len(text) >= MIN_CHARACTERS else ""


def _candidates(html: str) -> Iterator[str]:
    literals = (m[0] for m in _STRING.finditer(html) if len(m[0]) >= MIN_CHARACTERS)
    for literal in islice(literals, MAX_STRINGS):
        if _ESCAPED_PARAGRAPH.search(literal):
            value = _decoded(literal)
            if len(_PARAGRAPH.findall(value)) >= MIN_PARAGRAPHS:
                yield value


def _decoded(literal: str) -> str:
    """Return the value of a string, "" where it is none."""
    try:
        value = json.loads(literal, strict=False)
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""
