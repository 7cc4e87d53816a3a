"""Terms: stemmed words weighted by how rare they are in the language, not in the corpus.

The background is fixed (the `wordfreq` tables), so two articles alone in an empty warehouse are
judged exactly as they are among a million.
"""

from functools import lru_cache
from math import ceil, log10
from typing import Any, NamedTuple

from newsloom.fingerprints.hashing import hash_text

MAX_RARITY = 6
COMMON_ZIPF = 5.6
"""Words above this Zipf frequency (about 400 in a million) carry no topic and are no terms."""
ZIPF_STEP = 0.6
"""Each step below COMMON_ZIPF adds one to the rarity."""

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


NOTHING = Term(0, 0)


@lru_cache(maxsize=4)
def _frequencies(language: str) -> dict[str, float] | None:
    """Return the words' frequencies, or None where there is no table for the language."""
    from wordfreq import available_languages, get_frequency_dict

    code = _WORDFREQ_CODES.get(language, language)
    return get_frequency_dict(code, "best") if code in available_languages("best") else None


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Any:
    import snowballstemmer

    name = _STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name else None


@lru_cache(maxsize=262_144)
def term(word: str, language: str) -> Term:
    """Return the term of a folded word, NOTHING where it is too common or too short."""
    rarity = _rarity(word, language)
    if not rarity:
        return NOTHING
    stemmer = _stemmer(language)
    stem = stemmer.stemWord(word) if stemmer else word
    return Term(hash_text(stem) >> 32, rarity)


def _rarity(word: str, language: str) -> int:
    if len(word) < 2 and word.isascii():
        return 0
    if word.isdecimal():
        return 2
    frequencies = _frequencies(language)
    if frequencies is None:
        # Without a table, length is the best guess: function words are short in any language.
        return 4 if len(word) > 3 or not word.isascii() else 0
    frequency = frequencies.get(word)
    if not frequency:
        return MAX_RARITY
    zipf = log10(frequency) + 9
    return min(max(ceil((COMMON_ZIPF - zipf) / ZIPF_STEP), 0), MAX_RARITY)
