"""HTML bytes to a string that a parser can be trusted with."""

import re

from newsloom.discover.decoding import decode, known_label
from newsloom.errors import InputError

MAX_TAG_CHARACTERS = 20_000
MAX_ATTRIBUTES = 1_000
_HEAD_BYTES = 4096
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")
# A script, a style or a comment, which are passed over, or a long opening tag. Atomic groups and
# possessive repeats keep this linear on hostile input.
_PASSED_OVER = r"<(?:(script|style)\b[^<>]{0,5000}>(?>[^<]++|<(?!/\1))*+|!--(?>[^-]++|-(?!->))*+)"
_LONG_TAG = r"<([a-z][\w:-]*+)(?>[^\"'<>]{1,64}+|\"[^\"]*+\"|'[^']*+'){300,}+"
_LONG_TAGS = re.compile(_LONG_TAG, re.IGNORECASE)
_PARTS = re.compile(f"{_PASSED_OVER}|{_LONG_TAG}", re.IGNORECASE)
_QUOTED = re.compile("\"[^\"]*+\"|'[^']*+'")
_LOOKS_WHOLE = re.compile(r"<(?:html|body|head|!doctype)\b", re.IGNORECASE)


def html_string(content: bytes, content_type: str | None = None) -> str:
    """Return the characters of an HTML document; broken ones are replaced, never refused.

    Raises InputError for binary data only.
    """
    declared = _declared(content, content_type)
    if b"\0" in content and content.count(0) <= 0.01 * len(content):
        content = content.replace(b"\0", b"")
    try:
        text = decode(content, declared)
    except InputError as error:
        if error.reason == "binary":
            raise
        text = content.decode(known_label(declared) or "cp1252", "replace")
    return text


def tamed(html: str) -> str:
    """Return HTML as a whole document, without tags of thousands of attributes.

    The parser needs minutes for these: its time grows with the square of their number.
    """
    html = _XML_DECLARATION.sub("", html, count=1)
    if _LONG_TAGS.search(html):
        html = _PARTS.sub(_shortened, html)
    if _LOOKS_WHOLE.search(html[:_HEAD_BYTES]):
        return html
    return f"<html><body>{html}</body></html>"


def _shortened(tag: re.Match[str]) -> str:
    """Return a tag without its attributes where there are thousands of them.

    One attribute may well hold thousands of words: what is in quotation marks does not count.
    """
    text = tag[0]
    if tag[2] and len(text) > MAX_TAG_CHARACTERS:
        attributes = _QUOTED.sub("''", text).split(None, MAX_ATTRIBUTES)
        if len(attributes) > MAX_ATTRIBUTES:
            return f"<{tag[2]}"
    return text


def _declared(content: bytes, content_type: str | None) -> str | None:
    """Return the charset that the server, or else the document itself, names."""
    header = _HEADER_CHARSET.search(content_type or "")
    if header and known_label(header[1]):
        return header[1]
    head = content[:_HEAD_BYTES]
    match = _META_CHARSET.search(head) or _XML_ENCODING.search(head)
    return match[1].decode("ascii", "replace") if match else None
