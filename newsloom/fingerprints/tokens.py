"""Words: the units that copies and stories are compared by.

A word is a run of letters, marks and digits. Scripts that write no spaces between words (Chinese,
Japanese, Thai, Lao, Khmer, Burmese) have no such runs, so there each character is a unit.

    words(text)      the units of one text: the definition
    tokenise(texts)  the same units of many texts, as places in one buffer

The second cuts all texts at once in numpy, some ten times as fast as the regular expressions of
the first. A text with characters of scripts without spaces takes the way of the definition.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

I64 = NDArray[np.int64]

# Han, kana, Thai, Lao, Burmese, Khmer; combining marks stay with the character they follow.
UNSPACED = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff"
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\U00020000-\U0003ffff"
)
# Accents that found no letter, Hebrew and Arabic points, and the vowel signs of India's scripts,
# without which a Hindi word would fall into its consonants. (\w knows letters and digits only.)
MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0963\u0966-\u0dff"
)
MAX_UNIT_CHARACTERS = 64
"""A run is cut after so many: no word is longer, and hostile input must stay cheap."""

_UNSPACED = re.compile(rf"[{UNSPACED}]")
_LETTER = rf"[\w{MARKS}]"
_RUN = re.compile(rf"{_LETTER}{{1,{MAX_UNIT_CHARACTERS}}}")
_MIXED = re.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}]){_LETTER}){{1,{MAX_UNIT_CHARACTERS}}}")
# "Niger's" is Niger, "can't" is cant. Both are judged by their neighbours in the text as it stands.
_APOSTROPHE = re.compile(rf"'s(?!{_LETTER})|(?<={_LETTER})'(?={_LETTER})")


def fold(text: str) -> str:
    """Return `text` with compatibility forms, case and apostrophes folded."""
    return _APOSTROPHE.sub("", _fold_case(text))


def words(text: str) -> list[str]:
    """Return the units of `text`, folded, in order."""
    folded = fold(text)
    return (_MIXED if _UNSPACED.search(folded) else _RUN).findall(folded)


def is_unspaced(unit: str) -> bool:
    """Tell whether a unit is one character of a script without spaces."""
    return len(unit) == 1 and _UNSPACED.match(unit) is not None


def has_unspaced(text: str) -> bool:
    """Tell whether `text` has any character of a script without spaces."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def cased(text: str) -> str:
    """Return `text` as `fold` does, but with its capitals."""
    return _APOSTROPHE.sub("", _compatible(text))


def _fold_case(text: str) -> str:
    return _compatible(text).casefold()


def _compatible(text: str) -> str:
    """Return `text` in compatibility form, with one apostrophe for three."""
    # Frequent, and no letters in any form: without them most texts are in that form already.
    text = text.replace("\xa0", " ").replace("…", " ").replace("’", "'").replace("ʼ", "'")
    return unicodedata.normalize("NFKC", text)


class Units(NamedTuple):
    """The units of many texts. Unit n is `data[starts[n]:ends[n]]`, as folded UTF-8."""

    data: bytes  # one space before the first unit, PADDING after the last
    starts: I64
    ends: I64
    firsts: I64  # shape (texts + 1,): text t has the units firsts[t] to firsts[t + 1]
    unspaced: NDArray[np.bool_]  # texts of which most units are characters without spaces

    def words(self, text: int) -> list[str]:
        """Return the units of one of the texts, as `words` does."""
        first, last = self.firsts[text], self.firsts[text + 1]
        if first == last:
            return []
        return self.data[self.starts[first] : self.ends[last - 1]].decode().split()


PADDING = b" " * 8
"""So that eight bytes can be read from any place in a unit."""

_SPACE, _QUOTE, _CUT = b" '\x01"
_IS_LETTER = np.array([byte > 127 or chr(byte).isalnum() or byte == 95 for byte in range(256)])
_LOWERED = bytes(
    (byte if byte > 127 else ord(chr(byte).lower()))
    if _IS_LETTER[byte] or byte == _QUOTE
    else _SPACE
    for byte in range(256)
)
_BOUNDARY = "\x00"


def tokenise(texts: Sequence[str]) -> Units:
    """Return the units of each text: those that `words` returns."""
    unspaced = np.zeros(len(texts), np.bool_)
    parts = _folded(texts)
    for number, text in enumerate(texts):
        if parts[number] is None:
            parts[number], unspaced[number] = _by_definition(text)
    made = _joined([part or b"" for part in parts], unspaced)
    endless = np.flatnonzero(made.ends - made.starts > MAX_UNIT_CHARACTERS)
    if not len(endless):
        return made
    # Only the definition can tell whether a run of so many bytes has too many characters.
    for number in set((np.searchsorted(made.firsts, endless, "right") - 1).tolist()):
        parts[number], unspaced[number] = _by_definition(texts[number])
    return _joined([part or b"" for part in parts], unspaced)


def _by_definition(text: str) -> tuple[bytes, bool]:
    """Return the units of a text, spaces between them, and whether most are single characters."""
    units = words(text)
    return " ".join(units).encode(), 2 * sum(map(is_unspaced, units)) > len(units)


def _joined(parts: Sequence[bytes], unspaced: NDArray[np.bool_]) -> Units:
    data = b" " + b" ".join(parts) + PADDING
    offsets = np.cumsum([1, *(len(part) + 1 for part in parts)])
    starts, ends = _runs(data)
    return Units(data, starts, ends, np.searchsorted(starts, offsets), unspaced)


def _folded(texts: Sequence[str]) -> list[bytes | None]:
    """Return each text with a space for all that is no word; None if it has unspaced characters."""
    ascii_only = [text.isascii() for text in texts]
    wide = _fold_wide([text for text, ok in zip(texts, ascii_only, strict=True) if not ok])
    plain = [text if ok else next(wide) for text, ok in zip(texts, ascii_only, strict=True)]
    folded = _fold_bytes([(text or "").encode() for text in plain])
    return [None if text is None else part for text, part in zip(plain, folded, strict=True)]


def _fold_wide(texts: Sequence[str]) -> Iterator[str | None]:
    """Yield texts folded but for apostrophes; outside ASCII only letters are left."""
    joined = _BOUNDARY.join(_compatible(text.replace(_BOUNDARY, " ")) for text in texts)
    codes = np.frombuffer(joined.encode("utf-32-le"), "<u4")
    found = "".join(map(chr, np.unique(codes[codes > 127]).tolist()))
    for character in found:
        if not _is_letter(character):
            joined = joined.replace(character, " ")
    mixed = _UNSPACED.search(found) is not None
    for text in joined.split(_BOUNDARY):
        yield None if mixed and _UNSPACED.search(text) else text.casefold()


@lru_cache(maxsize=4096)
def _is_letter(character: str) -> bool:
    return _RUN.match(character) is not None or is_unspaced(character)


def _fold_bytes(texts: Sequence[bytes]) -> list[bytes]:
    """Return texts in lower case, apostrophes resolved, a space for all that is no word."""
    joined = b" " + b"\n".join(texts) + PADDING
    folded = np.frombuffer(joined.translate(_LOWERED), np.uint8).copy()
    at = np.flatnonzero(folded == _QUOTE)
    possessive = (folded[at + 1] == ord("s")) & ~_IS_LETTER[folded[at + 2]]
    inner = ~possessive & _IS_LETTER[folded[at + 1]] & _IS_LETTER[folded[at - 1]]
    folded[at] = np.where(possessive | inner, _CUT, _SPACE)
    folded[at[possessive] + 1] = _CUT
    data = folded.tobytes()
    ends = np.cumsum([len(text) + 1 for text in texts]).tolist()
    return [
        data[end - len(text) : end].translate(None, b"\x01")
        for text, end in zip(texts, ends, strict=True)
    ]


def _runs(data: bytes) -> tuple[I64, I64]:
    """Return where the runs between spaces start and end."""
    filled = np.frombuffer(data, np.uint8) != _SPACE
    edges = np.flatnonzero(filled[1:] != filled[:-1]) + 1
    return edges[::2], edges[1::2]
