"""Tells ordinary English words from words that are normally names, whatever their case.

Word lists are folded to lower case and hold names too. Two things give a name away. It is no
inflected form of a known verb, adjective or noun; and it is about as frequent in other languages
as in English, since a name travels untranslated: "texas" does, "resolution" does not. A noun that
travels, such as "regime", still has a plural, which a name hardly has.
"""

import math
from functools import cache, lru_cache
from itertools import chain

from babel import Locale
from wordfreq import get_frequency_dict

from newsloom.entities import model_files
from newsloom.entities.names import word_set

_OTHER_LANGUAGES = ("de", "es", "fr", "it", "nl", "pl")
_ABSENT_LOG10 = -6.5
"""About the frequency of the rarest words in the small lists."""

_RARE_LOG10 = -6.0
"""Of rarer words the lists know too little; their part of speech must do."""

_SHORTEST_CITY = 4

_NAME_NOUN_DROP = -1.0
_NAME_OTHER_DROP = -0.5
"""A word that loses fewer powers of ten outside English is a name (verbs are rarely names)."""

_NAME_PLURAL_DROP = math.log10(1 / 20)
"""Names are hardly ever put in the plural."""

_ABSTRACT_ENDINGS = (
    "ness", "tion", "tions", "sion", "sions", "ment", "ments", "ship", "ity", "ities", "cy",
    "cies", "ism", "ance", "ence", "hood", "ings",
)  # fmt: skip

FUNCTION_WORDS = word_set(
    """
    a about after against all also although among an and any are around as at be because
    been before being between both but by can could did do does during each for from had has
    have he her here him his how however i if in into is it its just like may me meanwhile more
    most my no nor not now of off on once only or other our out over own said she should since
    so some such than that the their them then there these they this those through to too
    under until up upon us very was we were what when where whether which while who whom whose
    why will with within without would yet you your anybody anyone anything cannot everybody
    everyone everything herself himself itself myself nobody nothing others ourselves somebody
    someone something themselves toward towards unless yourself"""
)


ALWAYS_CAPITAL = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february april june july
    august september october november december african europe european asian arab arabic islamic
    muslim muslims christian christians christmas jewish jews jew catholic catholics hindu hindus
    buddhist protestant sunni shiite english scottish welsh"""
)
"""Ordinary words that English writes with a capital letter all the same."""


@lru_cache(maxsize=65_536)
def is_ordinary(word: str) -> bool:
    """Tell whether `word`, in lower case, is an ordinary word that is normally not a name."""
    if word in FUNCTION_WORDS:
        return True
    kinds = _kinds(word)
    if not kinds or word in ALWAYS_CAPITAL or word in cities():
        return False
    if word.endswith(_ABSTRACT_ENDINGS):
        return True
    if _log10(word, "en") < _RARE_LOG10:
        return kinds != {"noun"}
    if "noun" in kinds and _plural_gap(word) > _NAME_PLURAL_DROP:
        return True
    return _drop_abroad(word) < (_NAME_NOUN_DROP if kinds == {"noun"} else _NAME_OTHER_DROP)


def can_be_first_name(word: str) -> bool:
    """Tell whether `word`, ordinary as it is, may be somebody's first name too, as Mark is."""
    is_noun = word in model_files.word_forms()["noun"].lemmas
    return is_noun and not word.endswith((*_ABSTRACT_ENDINGS, "ing")) and word not in FUNCTION_WORDS


@cache
def cities() -> frozenset[str]:
    """Return the words of city and continent names, as the world's time zones are called by them.

    London and Moscow have other names abroad, which makes them look untravelled.
    """
    known = map(str, Locale("ru").time_zones)
    zones = (zone.split("/") for zone in known if not zone.startswith("Etc"))
    words = {word.casefold() for zone in zones for word in (zone[0], zone[-1])}
    return frozenset(word for word in words if len(word) >= _SHORTEST_CITY and word.isalpha())


def _kinds(word: str) -> set[str]:
    """Return the parts of speech that `word` can be an inflected form of."""
    tables = model_files.word_forms()
    return {
        kind
        for kind, table in tables.items()
        if word in table.lemmas or word in table.irregular or _inflected(word, table)
    }


def _inflected(word: str, table: model_files.WordForms) -> bool:
    return any(
        word.endswith(ending) and word[: len(word) - len(ending)] + stem in table.lemmas
        for ending, stem in table.endings
        if ending
    )


def _drop_abroad(word: str) -> float:
    """Return the median change in log10 frequency from English to other languages."""
    changes = sorted(_log10(word, code) - _log10(word, "en") for code in _OTHER_LANGUAGES)
    middle = len(changes) // 2
    return (changes[middle - 1] + changes[middle]) / 2


def _plural_gap(word: str) -> float:
    """Return how many powers of ten the plural is rarer than the noun; below 0 as a rule."""
    frequencies = _frequencies("en")
    plural = frequencies.get(word + "s", 0.0)
    return math.log10(plural / frequencies[word]) if plural else -math.inf


def _log10(word: str, language: str) -> float:
    frequency = _frequencies(language).get(word, 0.0)
    return max(math.log10(frequency), _ABSENT_LOG10) if frequency else _ABSENT_LOG10


@cache
def _frequencies(language: str) -> dict[str, float]:
    frequencies: dict[str, float] = get_frequency_dict(
        language, wordlist="large" if language == "en" else "small"
    )
    return frequencies


@cache
def commonest(count: int) -> frozenset[str]:
    """Return the `count` most frequent English words."""
    ranked = sorted(_frequencies("en").items(), key=lambda pair: (-pair[1], pair[0]))
    return frozenset(word for word, _ in ranked[:count])


def looks_english(words: list[str]) -> bool:
    """Tell whether enough of `words`, in lower case, are the commonest words of English."""
    hits = sum(map(commonest(_COMMON_WORDS).__contains__, words))
    return len(words) >= _FEWEST_WORDS and hits >= _ENGLISH_SHARE * len(words)


_COMMON_WORDS = 100
_FEWEST_WORDS = 8
_ENGLISH_SHARE = 0.25


def warm() -> None:
    """Load all word lists."""
    for language in chain(("en",), _OTHER_LANGUAGES):
        _frequencies(language)
    model_files.word_forms()
