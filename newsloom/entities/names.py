"""How names are compared: folded to lower case, without accents, dots, hyphens or an article."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’‘ʼ`"
_COMBINING_ACCENTS = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[\W_]+")
_DOTS_AND_APOSTROPHES = re.compile(rf"[.{APOSTROPHES}]")


@lru_cache(maxsize=16_384)
def fold(name: str) -> str:
    """Return the form under which two spellings of one name are equal; may be empty.

    Only accents of European scripts go: in others a combining mark is a letter of its own.
    """
    plain = _COMBINING_ACCENTS.sub("", unicodedata.normalize("NFKD", name)).casefold()
    plain = _DOTS_AND_APOSTROPHES.sub("", plain).replace("&", " and ")
    words = _NOT_WORD.sub(" ", unicodedata.normalize("NFC", plain)).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


def is_acronym(name: str) -> bool:
    """Tell whether `name` is written as an acronym: two capitals or more and nothing smaller."""
    letters = [char for char in name if char.isalpha()]
    return len(letters) > 1 and " " not in name and all(char.isupper() for char in letters)


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written as running text."""
    return frozenset(words.split())
