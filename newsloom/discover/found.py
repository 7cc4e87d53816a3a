"""What discovery finds: one item before it has its place in the run."""

import datetime
import re
from dataclasses import dataclass
from urllib.parse import quote

from newsloom.ids import content_hash
from newsloom.vocabulary import Kind, Reason

# Control characters, line and paragraph separators, direction overrides and lone surrogates:
# they would break a line of output, or let a file name repaint the terminal.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Found:
    """One item: a document, a row, a page to fetch, or a reject when `reason` is set."""

    locator: str
    kind: Kind
    uri: str
    content: bytes | None = None
    source: str | None = None
    content_type: str | None = None
    reason: Reason | None = None
    detail: str | None = None
    final_url: str | None = None
    fetched_at: datetime.datetime | None = None
    http_status: int | None = None
    via: str | None = None
    listing_hash: str | None = None
    listing: str | None = None
    paywalled: bool | None = None
    source_given: bool = False
    """The source beats the host of the address, as one that the user gives to a whole run does."""

    @property
    def content_hash(self) -> str | None:
        """Identify the content. A reject has none: its content may be only the beginning.

        Nor has a page that is still to be fetched.
        """
        to_fetch = self.kind is Kind.PAGE and self.fetched_at is None
        if self.content is None or self.reason is not None or to_fetch:
            return None
        return content_hash(self.kind, self.content)


def printable(text: str) -> str:
    """Return `text` with every unprintable character, and every undecodable byte, spelt out."""
    return _UNPRINTABLE.sub(_spelt, text)


def quoted(name: str) -> str:
    """Return a name as a part of a URI, undecodable bytes included."""
    return quote(name.encode("utf-8", "surrogateescape"))


def _spelt(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # how Python carries a byte that is not UTF-8
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
