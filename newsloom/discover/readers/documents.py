"""Files that are one document each: plain text, Markdown, HTML."""

from collections.abc import Iterator

from newsloom.discover.decoding import MARKS, encoding_of, marked, refuse_binary
from newsloom.discover.found import Found
from newsloom.discover.origin import Origin
from newsloom.discover.streams import read_at_most
from newsloom.errors import InputError
from newsloom.vocabulary import Kind, Reason


def read_text(origin: Origin) -> Iterator[Found]:
    """Yield a plain text file."""
    yield _document(origin, Kind.TEXT)


def read_markdown(origin: Origin) -> Iterator[Found]:
    """Yield a Markdown file."""
    yield _document(origin, Kind.MARKDOWN)


def read_html(origin: Origin) -> Iterator[Found]:
    """Yield an HTML file."""
    yield _document(origin, Kind.HTML)


def _document(origin: Origin, kind: Kind) -> Found:
    limit = origin.limits.max_document_bytes
    known_too_large = origin.size is not None and origin.size > limit
    # Of a document that is too large only as much is read as a reject keeps.
    kept = max(1, min(limit, origin.limits.reject_payload_bytes))
    content = read_at_most(origin.stream, kept - 1 if known_too_large else limit)
    try:
        if known_too_large or len(content) > limit:
            raise _too_large(limit)
        _check(kind, content)
    except InputError as error:
        return origin.reject(kind, error, content)
    return origin.document(kind, content)


def _check(kind: Kind, content: bytes) -> None:
    """Refuse what extraction could not make text of."""
    if content.strip() in (b"", *(mark for mark, _ in MARKS)):
        raise InputError(Reason.EMPTY, "The file holds nothing but white space.")
    if kind is not Kind.HTML:
        encoding_of(content)
    elif not marked(content):  # a browser reads HTML with broken characters; so do we
        refuse_binary(content, allowed_share=0.01)


def _too_large(limit: int) -> InputError:
    return InputError(
        Reason.TOO_LARGE,
        f"The file has over {limit} bytes; split it, or raise ingest.max_document_bytes.",
    )
