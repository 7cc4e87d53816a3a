"""Words: the units that copies and stories are compared by.

A word is a run of letters, marks and digits. Scripts that write no spaces between words (Chinese,
Japanese, Thai, Lao, Khmer, Burmese) have no such runs, so there each character is a unit.
"""

import re
import unicodedata

# Han, kana, Thai, Lao, Burmese, Khmer; combining marks stay with the character they follow.
UNSPACED = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff"
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\U00020000-\U0003ffff"
)
# A run is cut after 64 characters: no word is longer, and hostile input must stay cheap.
_WORD = re.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])\w){{1,64}}")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_POSSESSIVE = re.compile(r"['’ʼ]s\b")


def fold(text: str) -> str:
    """Return `text` with compatibility forms, case and apostrophes folded."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _APOSTROPHE.sub("", _POSSESSIVE.sub("", folded))


def words(text: str) -> list[str]:
    """Return the units of `text`, folded, in order."""
    return _WORD.findall(fold(text))


def is_unspaced(unit: str) -> bool:
    """Tell whether a unit is one character of a script without spaces."""
    return len(unit) == 1 and re.match(rf"[{UNSPACED}]", unit) is not None
