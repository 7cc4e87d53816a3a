"""Bytes to text: which encoding is it, and is it text at all?

The order is from certain to likely: a byte order mark, UTF-16 by its zero bytes, UTF-8, what the
document declares, UTF-8 with a few broken bytes, and at last a guess from the letters.
"""

import codecs
import re
from typing import TYPE_CHECKING

from newsloom.errors import InputError
from newsloom.vocabulary import Reason

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

HEAD_BYTES = 65_536
"""How much is looked at to tell text from binary, and to guess an encoding."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = re.compile(
    rb"%PDF-|PK\x03\x04|\x89PNG|\xff\xd8\xff|GIF8|\x1f\x8b|\x7fELF|PAR1|Rar!|7z\xbc\xaf|BZh\d1AY"
    rb"|\xd0\xcf\x11\xe0|OggS|ID3|SQLite format"
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_GUESSABLE = [
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "iso8859_2", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp874",
]  # fmt: skip
# Labels that the web uses for the larger code page.
_ALIASES = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_PUNCTUATION = frozenset(".,;:!?'\"()-–—“”‘’«»/%&")
_STATEFUL = ("iso2022", "hz")


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text in `data`; `declared` is the charset that the document itself names.

    Raises InputError with reason `binary` or `encoding`.
    """
    encoding = encoding_of(data, declared)
    text = data.decode(encoding, "replace")
    return text.removeprefix("\ufeff")


def encoding_of(data: bytes, declared: str | None = None) -> str:
    """Return the name of the encoding of `data`; raises InputError when none is likely."""
    certain = marked(data) or _zero_pattern(data)
    if certain:
        return certain
    refuse_binary(data)
    label = known_label(declared)
    if label and label.startswith(_STATEFUL) and b"\x1b" in data:
        return label
    if _decodes(data, "utf-8"):
        return "utf-8"
    if label and _decodes(data, label):
        return label
    return "utf-8" if _nearly_utf8(data) else guessed(data)


def marked(data: bytes) -> str | None:
    """Return the encoding that a byte order mark names."""
    return next((name for mark, name in MARKS if data.startswith(mark)), None)


def refuse_binary(data: bytes, allowed_share: float = 0.0) -> None:
    """Raise InputError when `data` is no text.

    `allowed_share`: the share of zero bytes that is forgiven; a row file with one bad row is
    still a row file.
    """
    head = data[:HEAD_BYTES]
    zeros = data.count(0) if allowed_share == 0 else head.count(0)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if _MAGIC.match(head) or zeros > allowed_share * len(head) or controls > 0.1 * len(head):
        raise InputError(Reason.BINARY, "This is binary data, not text; convert it to text first.")


def known_label(label: str | None) -> str | None:
    """Return the codec for a charset label, None for an unknown one."""
    if not label:
        return None
    try:
        info = codecs.lookup(label.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    # Python also calls base64 or rot13 a codec.
    return _ALIASES.get(info.name, info.name) if getattr(info, "_is_text_encoding", True) else None


def guessed(data: bytes) -> str:
    """Return the encoding that the letters suggest; raise InputError when none is likely."""
    from charset_normalizer import from_bytes  # only where a text is not UTF-8

    head = _whole_lines(data)
    matches = list(from_bytes(head, cp_isolation=_GUESSABLE, enable_fallback=False))
    western = _western(head)
    # The Western page wins a tie: where it fits, the others differ in a few rare letters only.
    best = [m.encoding for m in matches if _rank(m) == _rank(matches[0])]
    likely = [m.encoding for m in matches if western or m.encoding != "cp1252"]
    if western and (not matches or "cp1252" in best):
        return "cp1252"
    if not likely and _all_letters(head, "iso8859_2"):  # which the guess marks down too far
        return "iso8859_2"
    if not likely:
        raise InputError(
            Reason.ENCODING, "The characters fit no likely encoding; save the file as UTF-8."
        )
    return likely[0]


def _all_letters(head: bytes, encoding: str) -> bool:
    if not _decodes(head, encoding):
        return False
    high = [c for c in head.decode(encoding) if ord(c) > 127]
    return len(high) < 0.3 * len(head) and sum(map(str.isalpha, high)) > 0.9 * len(high)


def _rank(match: "CharsetMatch") -> tuple[float, float]:
    return (match.chaos, match.coherence)


def _whole_lines(data: bytes) -> bytes:
    """Return the head of `data`, not cut inside a character where lines allow it."""
    head = data[:HEAD_BYTES]
    end = head.rfind(b"\n") + 1
    return head[:end] if len(data) > HEAD_BYTES and end else head


def _western(head: bytes) -> bool:
    """Tell whether the bytes over 127 look like accents and quotation marks among Latin letters."""
    high = sum(byte > 127 for byte in head)
    letters = sum(chr(byte).isalpha() for byte in head if byte < 128)
    if high > 0.3 * (letters + 1) or not _decodes(head, "cp1252"):
        return False
    text = head.decode("cp1252")
    odd = len(re.findall(r"(?<=[a-z])[¡-¶¸-¿×÷‚„†‡‰‹›ˆ˜¦§©®±µ](?=[a-z])|[€‚ƒ„…†‡‰‹]{2}", text))
    return odd <= 0.05 * high


def _zero_pattern(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: zero bytes at even places only, or at odd ones only."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) == 0 or min(even, odd) > 0.02 * len(head) or not _decodes(data, name):
        return None
    text = head[: len(head) // 2 * 2].decode(name, "replace")
    readable = sum(c.isalnum() or c.isspace() or c in _PUNCTUATION for c in text)
    return name if readable > 0.9 * len(text) else None


def _nearly_utf8(data: bytes) -> bool:
    """Tell whether UTF-8 fits but for a few bytes, as in a file cut inside a character."""
    broken = data.decode("utf-8", "replace").count("\ufffd")
    return len(_MULTIBYTE.findall(data)) >= 10 * broken


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True
