"""Clean text: one form for the same characters, nothing invisible, words counted."""

import re
import unicodedata

# Zero-width and soft-hyphen characters split words that look whole. The joiners U+200C and U+200D
# stay: Persian, Hindi and emoji need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_TRAILING = re.compile("[ \t]+$", re.MULTILINE)
_BLANK_LINES = re.compile("\n{3,}")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Scripts that write words without spaces: Thai, Lao, Myanmar, Khmer, kana, Han.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_CHARACTERS_A_WORD = 2


def clean(text: str) -> str:
    """Return `text` in NFC with LF line ends, plain spaces and no invisible characters."""
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = _SPACES.sub(" ", _SURROGATES.sub("\ufffd", text))
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _BLANK_LINES.sub("\n\n", _TRAILING.sub("", text)).strip()


def one_line(text: str) -> str:
    """Return a headline or a name: clean, on one line."""
    return " ".join(clean(text).split())


def word_count(text: str) -> int:
    """Count words between spaces; in scripts without spaces two characters count as a word."""
    if text.isascii():
        return len(text.split())
    unspaced = len(_UNSPACED.findall(text))
    spaced = len(_UNSPACED.sub(" ", text).split()) if unspaced else len(text.split())
    return spaced + (unspaced + 1) // _CHARACTERS_A_WORD


def unspaced_characters(text: str) -> int:
    """Count the characters of scripts that write words without spaces."""
    return 0 if text.isascii() else len(_UNSPACED.findall(text))
