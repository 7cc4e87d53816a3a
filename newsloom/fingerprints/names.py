"""Names: words that a text writes with a capital where no sentence begins.

Nothing here knows any name: in the scripts that have capitals, the writer says what is one.
"""

import re
from collections import Counter

from newsloom.fingerprints.tokens import cased

# A cheap first look; scripts outside Latin are then asked one by one.
_CAPITALISED = re.compile(r"\b[^\W\d_a-zß-öø-ÿ]\w*")
_SENTENCE_END = re.compile(r"[.!?:;\n\"“”«»•|]")
_GAP = 3
"""Between two sentences stand a full stop, mostly a space, and perhaps a quotation mark."""


def named(text: str) -> tuple[Counter[str], Counter[str]]:
    """Return the folded words with a capital: inside of sentences, and where one begins."""
    inside: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    text = cased(text)
    for match in _CAPITALISED.finditer(text):
        word, start = match[0], match.start()
        if word[0].isupper():
            opens = not start or _SENTENCE_END.search(text, max(0, start - _GAP), start)
            (opening if opens else inside)[word.casefold()] += 1
    return inside, opening
