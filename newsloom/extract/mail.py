"""Mails, such as newsletters: the HTML part like a page, else the text, and what the head says.

The head is decoded here with the plain policy of the standard library: the structured one needs
minutes for a hostile line of addresses.
"""

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr
from itertools import islice

from newsloom.discover.decoding import decode
from newsloom.errors import InputError
from newsloom.extract.dates import parse_date
from newsloom.extract.draft import Draft
from newsloom.extract.htmltext import html_string
from newsloom.extract.texts import clean, one_line
from newsloom.vocabulary import Reason

MAX_PARTS = 500
MAX_HEADER_CHARACTERS = 5_000
_REPLY = re.compile(r"^(?:(?:re|aw|fwd?|wg|tr|rv|fw)\s*:\s*)+", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?$.*", re.MULTILINE | re.DOTALL)


def from_mail(content: bytes) -> Draft:
    """Return the draft of a mail; raises InputError (`malformed`, `no_text`)."""
    try:
        message = BytesParser(policy=compat32).parsebytes(content)
        head = _head(message)
        parts = list(islice(_parts(message), MAX_PARTS))
    except (MessageError, RecursionError, LookupError, ValueError, TypeError) as error:
        raise InputError(
            Reason.MALFORMED, f"The mail is broken: {type(error).__name__}."
        ) from error
    if not head and not parts:
        raise InputError(Reason.MALFORMED, "This is no mail: it has no head.")
    draft = _body(parts)
    draft.title = _REPLY.sub("", head.get("subject", "")) or draft.title
    sender, address = parseaddr(head.get("from", ""))
    name, _, host = one_line(sender), *address.rpartition("@")[1:]
    draft.source = _list_name(head.get("list-id", "")) or name or host or None
    draft.authors = [name] if name and name != draft.source else []
    draft.external_id = head.get("message-id", "").strip("<> ") or None
    draft.canonical_url = None  # one that its page names is of the sender's mailing system
    draft.url = None
    draft.published = draft.published_from = None
    draft.date(parse_date(head.get("date", "")), "document")
    return draft


def _head(message: "Message[str, str]") -> dict[str, str]:
    """Return the head's lines by name, the first of each, in plain text."""
    head: dict[str, str] = {}
    for name, value in message.raw_items():
        head.setdefault(name.lower(), _decoded(str(value)[:MAX_HEADER_CHARACTERS]))
    return head


def _decoded(value: str) -> str:
    # Bytes that are no ASCII were never allowed here, so they are what most writers mean: UTF-8.
    text = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return one_line(str(make_header(decode_header(text))))
    except (MessageError, LookupError, ValueError):
        return one_line(text)


def _list_name(list_id: str) -> str:
    """Return what a mailing list calls itself: its name in words, else its id."""
    name, _, rest = list_id.partition("<")
    return one_line(name.strip(' "')) or one_line(rest.partition(">")[0])


def _parts(message: "Message[str, str]") -> Iterator[tuple[str, bytes, str | None]]:
    """Yield type, bytes and charset of the texts that are no attachments."""
    for part in message.walk():
        type_ = part.get_content_type()
        if type_ not in ("text/html", "text/plain"):
            continue
        if part.get_content_disposition() == "attachment":
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            yield type_, payload, part.get_content_charset()


def _body(parts: list[tuple[str, bytes, str | None]]) -> Draft:
    """Return the draft of the HTML, unless the plain text says far more than was found in it."""
    from newsloom.extract.page import from_html

    draft = Draft()
    html = next((part for part in parts if part[0] == "text/html"), None)
    if html is not None:
        try:
            draft = from_html(html_string(html[1], f"text/html; charset={html[2] or ''}"))
        except InputError:
            draft = Draft()
    plain = next((part for part in parts if part[0] == "text/plain"), None)
    if plain is not None:
        text = _SIGNATURE.sub("", clean(decode(plain[1], plain[2])))
        if not draft.text or len(draft.text) < len(text) / 4:
            draft = Draft(text=text)
    return draft
