"""How a name is written in any language: its Latin letters, and what is left of its sound.

Languages write one name in many ways (Putin, Poutine, Путина; Zelensky, Selenskyj, Зеленский). The
folded form bears accents, case and script; the sound bears spelling: vowels go, consonants that
languages exchange for one another fall together, endings are cut.
"""

import re
from functools import lru_cache
from typing import Any

from text_unidecode import unidecode

_SOUND_CLASSES = 5
"""Slavic cases add consonants at the end (Kaczyński, Kaczyńskiego): only the first ones count."""
_LEAST_CLASSES = 3
_LEAST_LETTERS = 4
_ARABIC_ARTICLE = re.compile("^[وبلك]?ال(?=.{3})")
_ARABIC_LETTER = re.compile("[\u0600-\u06ff]")
_RULES: tuple[tuple[str, str], ...] = (
    ("dsch", ""), ("dzh", ""), ("dj", ""), ("j", ""), ("tsch", "S"), ("shch", "S"), ("sch", "S"),
    ("tch", "S"), ("tsh", "S"), ("ch", "S"), ("sh", "S"), ("cz", "S"), ("sz", "S"), ("ts", "S"),
    ("tz", "S"), ("zh", "S"), ("kh", "K"), ("ck", "K"), ("ph", "F"), ("ce", "S"), ("ci", "S"),
    ("x", "KS"), ("c", "K"), ("k", "K"), ("q", "K"), ("s", "S"), ("z", "S"), ("f", "F"),
    ("v", "F"), ("w", "F"), ("b", "P"), ("p", "P"), ("t", "T"), ("d", "D"), ("g", "G"),
    ("l", "L"), ("m", "M"), ("n", "N"), ("r", "R"),
)  # fmt: skip
_CLASS = dict(_RULES)
_SOUND = re.compile("|".join(letters for letters, _ in _RULES) + "|.")
_REPEATED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """Return `word` in small Latin letters without accents and without a genitive s."""
    bare = _ARABIC_ARTICLE.sub("", word)
    plain = "".join(filter(str.isalnum, unidecode(bare).casefold()))
    return plain[:-1] if len(plain) > _LEAST_LETTERS and plain.endswith("s") else plain


@lru_cache(maxsize=65_536)
def sound(word: str, language: str) -> str:
    """Return the leading consonants of `word`, by class; empty where too few to tell words apart.

    >>> sound("Selenskyj", "de") == sound("Зеленского", "ru")
    True
    """
    plain = folded(_stemmed(word, language))
    if _ARABIC_LETTER.match(word):
        plain = plain.replace("w", "")  # a long u or o more often than a consonant
    if len(plain) < _LEAST_LETTERS and word.isascii():
        return ""
    classes = "".join(_CLASS.get(match[0], "") for match in _SOUND.finditer(plain))
    classes = _REPEATED.sub(r"\1", classes)[:_SOUND_CLASSES]
    return classes if len(classes) >= _LEAST_CLASSES else ""


def _stemmed(word: str, language: str) -> str:
    """Cut Russian case endings; elsewhere the few leading consonants suffice."""
    stem: str = _russian().stemWord(word.casefold()) if language in ("ru", "uk", "bg") else word
    return stem


@lru_cache(maxsize=1)
def _russian() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("russian")
