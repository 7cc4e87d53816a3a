"""The words in small pieces of HTML: titles, summaries, what a listing says."""

import re
from html import unescape
from unicodedata import category

_TAG = re.compile(r"<(?:!--.*?(?:-->|$)|/?[a-zA-Z][^<>]{0,5000}>)", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,20}\d{0,2});")
_JOINERS = "\u200c\u200d"
_UNSEEN = ("Cc", "Cf", "Cn", "Co")
_SURROGATES = re.compile("[\ud800-\udfff]")


def words(html: str) -> str:
    """Return the characters of `html` without tags, white space folded."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def headline(title: str) -> str:
    """Return a title as a person reads it: feeds escape it once, twice or not at all."""
    bare = _TAG.sub("", title) if "<" in title else title
    for _ in range(2):
        bare = unescape(bare) if _ENTITY.search(bare) else bare
    bare = _TAG.sub("", bare) if "<" in bare else bare
    return " ".join(visible(whole(bare)).split())


def visible(text: str) -> str:
    """Return `text` without characters that no reader sees: of control, format or no meaning.

    Soft hyphens, zero-width spaces and marks of direction would stand in names that nobody can
    type. White space stays, and so do the joiners that Indic and Persian words are spelt with.
    """
    return "".join(c for c in text if c.isspace() or c in _JOINERS or category(c) not in _UNSEEN)


def whole(text: str) -> str:
    """Return `text` without halves of characters, which no encoding has."""
    return _SURROGATES.sub("\ufffd", text)
