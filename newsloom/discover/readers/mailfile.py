"""Mails: the mail itself is one item, and each PDF or Word document attached to it another."""

import dataclasses
import io
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from itertools import islice

from newsloom.discover.found import Found, printable
from newsloom.discover.origin import Origin
from newsloom.discover.readers.documents import document
from newsloom.errors import InputError
from newsloom.vocabulary import Kind, Reason

MAX_PARTS = 500
MAX_NAME_CHARACTERS = 200
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SUFFIXES = {"application/pdf": ".pdf", _WORD: ".docx"}
_MAY_HOLD_SOME = re.compile(rb"application/pdf|wordprocessingml|\.pdf|\.docx", re.IGNORECASE)


def read_mail(origin: Origin) -> Iterator[Found]:
    """Yield a mail, then the documents attached to it, called MAIL!/NAME.

    Their source is the folder of the mail: who sent it is only known when it is extracted.
    """
    mail = document(origin, Kind.EMAIL)
    yield mail
    if mail.reason is None and mail.content and _MAY_HOLD_SOME.search(mail.content):
        yield from _attached(dataclasses.replace(origin, stem=origin.folder), mail.content)


def _attached(origin: Origin, content: bytes) -> Iterator[Found]:
    from newsloom.discover.opening import member_items

    try:
        message = BytesParser(policy=compat32).parsebytes(content)
        parts = list(islice(message.walk(), MAX_PARTS))
    except Exception:  # a broken mail: that is told of the mail itself, when it is extracted
        return
    for part in parts:
        try:
            name, payload = _document_in(part)
        except Exception as error:  # the library stumbles over broken heads in many ways
            detail = f"{type(error).__name__}: {printable(str(error))[:200]}"
            raise InputError(
                Reason.MALFORMED, f"An attachment of the mail cannot be read: {detail}."
            ) from error
        if payload:
            called = origin.names.take(name)
            yield from member_items(origin, name, called, io.BytesIO(payload), len(payload))


def _document_in(part: "Message[str, str]") -> tuple[str, bytes]:
    """Return name and bytes of a PDF or Word document; no bytes for another part."""
    name = (part.get_filename() or "").replace("\\", "/").rpartition("/")[2]
    suffix = _SUFFIXES.get(part.get_content_type(), "")
    if not name.lower().endswith(tuple(_SUFFIXES.values())):
        if not suffix:
            return name, b""
        name = f"{name or 'attachment'}{suffix}"
    payload = part.get_payload(decode=True)
    return name[-MAX_NAME_CHARACTERS:], payload if isinstance(payload, bytes) else b""
