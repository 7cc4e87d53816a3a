"""Files that are one document each: text, Markdown, HTML, PDF, Word."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import cast

from newsloom.discover.decoding import MARKS, encoding_of, marked, refuse_binary
from newsloom.discover.found import Found
from newsloom.discover.origin import Origin, too_large
from newsloom.discover.readers.addresslist import read_addresses
from newsloom.discover.streams import read_at_most
from newsloom.errors import InputError
from newsloom.vocabulary import Kind, Reason

ADDRESS_LIST_BYTES = 16_384
"""How much of a text must be addresses for the rest to be taken for such, too."""

_ADDRESS = re.compile(rb"https?://\S{3,2048}", re.IGNORECASE)
_PDF_HEAD_BYTES = 1024
_ZIP_MARK = b"PK\x03\x04"
_OLE_MARK = b"\xd0\xcf\x11\xe0"


def read_text(origin: Origin) -> Iterator[Found]:
    """Yield a plain text file; one that is nothing but addresses is a list of pages."""
    if _is_address_list(origin):
        yield from read_addresses(origin)
    else:
        yield document(origin, Kind.TEXT)


def read_markdown(origin: Origin) -> Iterator[Found]:
    """Yield a Markdown file."""
    yield document(origin, Kind.MARKDOWN)


def read_html(origin: Origin) -> Iterator[Found]:
    """Yield an HTML file."""
    yield document(origin, Kind.HTML)


def read_pdf(origin: Origin) -> Iterator[Found]:
    """Yield a PDF document."""
    yield document(origin, Kind.PDF)


def read_docx(origin: Origin) -> Iterator[Found]:
    """Yield a Word document."""
    yield document(origin, Kind.DOCX)


def _is_address_list(origin: Origin) -> bool:
    head = cast(io.BufferedReader, origin.stream).peek(1).removeprefix(codecs.BOM_UTF8)
    lines = [line.strip() for line in head[:ADDRESS_LIST_BYTES].splitlines()]
    if len(head) > ADDRESS_LIST_BYTES:
        del lines[-1]  # which may be cut
    given = [line for line in lines if line]
    return bool(given) and all(map(_ADDRESS.fullmatch, given))


def document(origin: Origin, kind: Kind) -> Found:
    """Return a file as one document, or as a reject that says why it is none."""
    limit = origin.limits.max_document_bytes
    known_too_large = origin.size is not None and origin.size > limit
    # Of a document that is too large only as much is read as a reject keeps.
    kept = max(1, min(limit, origin.limits.reject_payload_bytes))
    content = read_at_most(origin.stream, kept - 1 if known_too_large else limit)
    try:
        if known_too_large or len(content) > limit:
            raise too_large(limit)
        _check(kind, content)
    except InputError as error:
        return origin.reject(kind, error, content)
    return origin.document(kind, content)


def _check(kind: Kind, content: bytes) -> None:
    """Refuse what extraction could not make text of."""
    if content.strip() in (b"", *(mark for mark, _ in MARKS)):
        raise InputError(Reason.EMPTY, "The file holds nothing but white space.")
    if kind is Kind.PDF:
        _check_pdf(content)
    elif kind is Kind.DOCX:
        _check_docx(content)
    elif kind is Kind.EMAIL:
        refuse_binary(content, allowed_share=0.01)  # its parts each have an encoding
    elif kind is not Kind.HTML:
        encoding_of(content)
    elif not marked(content):  # a browser reads HTML with broken characters; so do we
        refuse_binary(content, allowed_share=0.01)


def _check_pdf(content: bytes) -> None:
    if b"%PDF-" not in content[:_PDF_HEAD_BYTES]:
        raise InputError(Reason.MALFORMED, "This is no PDF document, whatever its name says.")


def _check_docx(content: bytes) -> None:
    # Word puts an encrypted document, and one of before 2007, into a container of its own.
    if content.startswith(_OLE_MARK):
        raise InputError(
            Reason.ENCRYPTED,
            "Protected by a password, or an old .doc; save it as .docx without a password.",
        )
    if not content.startswith(_ZIP_MARK):
        raise InputError(Reason.MALFORMED, "This is no Word document (.docx), whatever its name.")
