"""Plain text: is the first line a headline?

A headline stands alone before the text, is short, and does not end like a sentence. When in
doubt there is none: a text without a headline loses little, a text without its first sentence
loses the news.
"""

import re

from newsloom.extract.dates import parse_date
from newsloom.extract.draft import Draft
from newsloom.extract.texts import clean

MAX_CHARACTERS = 200
MAX_WORDS = 30
# Without a blank line below, a headline must be plainly shorter than the paragraph it precedes.
MAX_CHARACTERS_ATTACHED = 120
PARAGRAPH_CHARACTERS = 100

_SENTENCE_END = re.compile(r"(?<!\.)\.[\"'”’»)\]]*$|[。．।۔。]$|[:;,–—-]$")
_ABBREVIATION_END = re.compile(r"(?:\b\w\.){2,}$|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|St|No|vs)\.$")
_BYLINE = re.compile(r"(?:by|von|par|por|di|door|av)\s+\w+(?:\W+\w+){0,6}$", re.IGNORECASE)
_UNDERLINE = re.compile(r"(?:=|-|\*|_|~){3,}$")


def from_text(text: str) -> Draft:
    """Return the draft of a plain text, its headline apart from its text where it has one."""
    text = clean(text)
    title, rest = split_headline(text)
    return Draft(title=title, text=rest)


def split_headline(text: str) -> tuple[str, str]:
    """Return headline and rest of a clean text; the headline is "" where there is none."""
    first, _, below = text.partition("\n")
    rest = below.lstrip("\n")
    if _UNDERLINE.match(rest.partition("\n")[0]) and not below.startswith("\n"):
        rest = rest.partition("\n")[2].lstrip("\n")
        below = "\n" + rest
    alone = below.startswith("\n")
    if rest and _could_be(first) and (alone or _stands_out(first, rest.partition("\n")[0])):
        return first.strip(), rest
    return "", text


def _could_be(line: str) -> bool:
    """Tell whether a line has the form of a headline."""
    line = line.strip()
    if len(line) > MAX_CHARACTERS or len(line.split()) > MAX_WORDS or len(line) < 2:
        return False
    if _SENTENCE_END.search(line) and not _ABBREVIATION_END.search(line):
        return False
    return _starts_well(line) and not _BYLINE.match(line) and parse_date(line) is None


def _starts_well(line: str) -> bool:
    """Refuse the rest of a sentence; names such as eBay and scripts without capitals pass."""
    if not any(map(str.isalpha, line)):
        return False
    word = next(word for word in line.split() if any(map(str.isalnum, word)))
    return not word.islower() or not any(map(str.isalpha, word))


def _stands_out(line: str, next_line: str) -> bool:
    """Tell whether a line right above a paragraph is so much shorter that it must head it."""
    paragraph = len(next_line) >= max(PARAGRAPH_CHARACTERS, 2 * len(line))
    return paragraph and len(line) <= MAX_CHARACTERS_ATTACHED
