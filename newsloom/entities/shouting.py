"""Repairs TEXT IN CAPITALS, as some headlines have it: only names keep a capital, at the start."""

import re

from newsloom.entities import countries, dictionary

_SHOUTED_SHARE = 0.6
_FEWEST_WORDS = 3
_LONGEST_ACRONYM = 4
_WORD = re.compile(r"[^\W\d_]{2,}")


def calm(text: str) -> str | None:
    """Return `text` as if written in mixed case, of the same length; None if it is no shouting.

    Short words that are no ordinary ones stay in capitals, as most of them are acronyms.
    """
    words = list(_WORD.finditer(text))
    shouted = [word for word in words if word[0].isupper()]
    if len(shouted) < _FEWEST_WORDS or len(shouted) < _SHOUTED_SHARE * len(words):
        return None
    return _WORD.sub(lambda word: _calm_word(word[0]), text)


def _calm_word(word: str) -> str:
    lower = word.lower()
    if not word.isupper() or len(lower) != len(word):
        return word
    capitalised = word[0] + lower[1:]
    if countries.is_any(capitalised):
        return capitalised
    if dictionary.is_ordinary(lower):
        return lower
    return word if len(word) <= _LONGEST_ACRONYM else capitalised
