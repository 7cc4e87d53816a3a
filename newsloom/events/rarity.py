"""How much a shared word proves: the rarer it is in any news, the more.

The background is fixed (the `wordfreq` tables of the text's language and of English), never the
corpus: so a pair is judged the same in an empty warehouse and among a million articles. Trump and
Merkel are near the frequency of common words and weigh next to nothing; Bocelli weighs in full.
"""

from functools import lru_cache
from math import log10

from newsloom.entities.names import word_set

COMMON_ZIPF = 5.2
"""Words above this Zipf frequency (about 160 in a million) prove nothing."""
MOST = 3.2
EVERYWHERE = word_set(
    "afp ap associated press bloomberg dpa efe interfax reuters sputnik tass xinhua "
    "bbc cnn getty images facebook google instagram internet "
    "news newsletter telegram tiktok twitter whatsapp youtube brexit corona coronavirus coronaviru "
    "covid koronavirus koronaviru lockdown pandemia pandemic pandemie sars"
)
"""Names that stand in news of all kinds, though the tables, which end in 2021, call them rare."""
_EVERYWHERE_WEIGHT = 0.2
_CODES = {"no": "nb", "zh-cn": "zh", "zh-tw": "zh"}


@lru_cache(maxsize=8)
def _frequencies(language: str) -> dict[str, float]:
    from wordfreq import available_languages, get_frequency_dict

    code = _CODES.get(language, language)
    return get_frequency_dict(code, "best") if code in available_languages("best") else {}


def word_weight(word: str, plain: str, language: str) -> float:
    """Return the weight of a word, 0 to MOST: `plain` is its folded form, as English has it."""
    if plain in EVERYWHERE:
        return _EVERYWHERE_WEIGHT
    frequency = max(
        _frequencies(language).get(word, 0.0),
        _frequencies("en").get(plain, 0.0),
        _frequencies("en").get(word, 0.0),
    )
    return weight_of(frequency)


def phrase_weight(english: str) -> float:
    """Return the weight of a name of several words, as English has it: that of its rarest word."""
    words = "".join(c if c.isalnum() else " " for c in english.casefold()).split()
    return max((weight_of(_frequencies("en").get(word, 0.0)) for word in words), default=0.0)


def weight_of(frequency: float) -> float:
    """Return the weight of a word with this frequency, a share of all words."""
    if not frequency:
        return MOST
    return min(max(COMMON_ZIPF - (log10(frequency) + 9), 0.0), MOST)
