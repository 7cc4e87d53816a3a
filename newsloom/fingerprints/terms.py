"""Terms: stemmed words weighted by how rare they are in the language, not in the corpus.

The background is fixed (the `wordfreq` tables), so two articles alone in an empty warehouse are
judged exactly as they are among a million.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil, log10
from typing import Any, NamedTuple

import numpy as np

from newsloom.fingerprints.hashing import I64, hash_text
from newsloom.fingerprints.tokens import has_unspaced, is_unspaced

MAX_RARITY = 6
COMMON_ZIPF = 5.6
"""Words above this Zipf frequency (about 400 in a million) carry no topic and are no terms."""
ZIPF_STEP = 0.6
"""Each step below COMMON_ZIPF adds one to the rarity."""
UNLISTED_RARITY = 4
"""Of words in a language without a table, and of two characters that make no listed word."""
NUMBER_RARITY = 2

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "fi": "finnish", "fr": "french", "hi": "hindi",
    "hu": "hungarian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nl": "dutch",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_WORDFREQ_CODES = {"no": "nb"}


class Term(NamedTuple):
    """A word's stem, hashed to 32 bits, and its rarity: 0 (says nothing) to MAX_RARITY."""

    id: int
    rarity: int


class _Code(NamedTuple):
    mask: int
    bits: int


RARITY = _Code(0x07, 8)
"""How a term stands in one integer: the rarity in the low bits, the id above `bits`."""
NUMBER = 0x08
"""The bit that says that the word is a number."""
_REMEMBERED_WORDS = 400_000


class Vocabulary:
    """The terms of one language's words, each worked out once."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._codes: dict[str, int] = {}
        self._frequencies = _frequencies(language)
        self._stemmer = _stemmer(language)

    def codes(self, words: Sequence[str]) -> I64:
        """Return the code of each word: its id, and in the low bits rarity and NUMBER."""
        known = self._codes
        if len(known) > _REMEMBERED_WORDS:
            known.clear()
        found = [known.get(word, -1) for word in words]
        for at, code in enumerate(found):
            if code < 0:
                found[at] = known[words[at]] = self._code(words[at])
        return np.array(found, np.int64)

    def term(self, word: str) -> Term:
        """Return the term of a folded word; rarity 0 where it is too common or too short."""
        code = int(self.codes([word])[0])
        return Term(code >> RARITY.bits, code & RARITY.mask)

    def _code(self, word: str) -> int:
        number = NUMBER if word[0].isdecimal() else 0
        rarity = self._rarity(word)
        if not rarity:
            return number
        stem = self._stemmer.stemWord(word) if self._stemmer else word
        return hash_text(stem) >> 32 << RARITY.bits | number | rarity

    def _rarity(self, word: str) -> int:
        if len(word) < 2 and word.isascii():
            return 0
        if word.isdecimal():
            return NUMBER_RARITY
        if self._frequencies is None:
            # Without a table, length is the best guess: function words are short in any language.
            return UNLISTED_RARITY if len(word) > 3 or not word.isascii() else 0
        frequency = self._frequencies.get(word)
        if not frequency:
            return UNLISTED_RARITY if is_unspaced(word[0]) else MAX_RARITY
        zipf = log10(frequency) + 9
        return min(max(ceil((COMMON_ZIPF - zipf) / ZIPF_STEP), 0), MAX_RARITY)


@lru_cache(maxsize=16)
def vocabulary(language: str) -> Vocabulary:
    """Return the vocabulary of a language, by its ISO 639-1 code."""
    return Vocabulary(language)


def joined(words: Iterable[str]) -> list[str]:
    """Return the words, and instead of characters of scripts without spaces, each two in a row.

    In those scripts a character says little, and two of them are mostly a word.
    """
    units = list(words)
    if not has_unspaced("".join(units)):
        return units
    characters = list(map(is_unspaced, units))
    made = []
    for (here, alone), (there, beside) in pairwise(zip(units, characters, strict=True)):
        if not alone:
            made.append(here)
        elif beside:
            made.append(here + there)
    return made if characters[-1] else [*made, units[-1]]


@lru_cache(maxsize=4)
def _frequencies(language: str) -> dict[str, float] | None:
    """Return the words' frequencies, or None where there is no table for the language."""
    from wordfreq import available_languages, get_frequency_dict

    code = _WORDFREQ_CODES.get(language, language)
    return get_frequency_dict(code, "best") if code in available_languages("best") else None


def _stemmer(language: str) -> Any:
    import snowballstemmer

    name = _STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name else None
