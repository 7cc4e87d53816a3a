"""Web archives: WARC files, and WACZ, which are ZIPs of them; streamed, of any size.

The pages in them become items that are fetched already. What is no page (requests, pictures,
redirects, errors) is passed over: it was never meant to be an article.
"""

import datetime
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from newsloom import clock
from newsloom.discover.addresses import checked, without_secrets
from newsloom.discover.found import Found, printable
from newsloom.discover.origin import Origin, too_large
from newsloom.discover.readers.zipped import broken, zip_items
from newsloom.discover.streams import CHUNK_BYTES
from newsloom.errors import InputError
from newsloom.vocabulary import Kind, Reason

PAGE_STATUSES = (200, 203)
"""203 is a page that a proxy on the way has changed."""
PAGE_TYPES = ("text/html", "application/xhtml+xml")
NO_PAGES = re.compile(r"/(?:robots|ads|app-ads|humans|llms|security)\.txt$|^/\.well-known/", re.I)
"""Plain texts that are there for programs."""
_HTTP_HEAD_BYTES = 100_000
EARLIEST_YEAR = 1990
"""Before the web no page was fetched: an older date is a mistake."""


def read_warc(origin: Origin) -> Iterator[Found]:
    """Yield the pages of a WARC file, called FILE#1 and so on."""
    if not cast(io.BufferedReader, origin.stream).peek(1):
        raise InputError(Reason.EMPTY, "The file is empty.")
    number = 0
    for record in _records(origin.stream):
        if (found := _page(origin, record)) is not None:
            number += 1
            yield origin.row(number, found)
    if not number:
        raise InputError(Reason.NOTHING_USABLE, "The archive holds no web page.")


def read_wacz(origin: Origin) -> Iterator[Found]:
    """Yield the pages of the WARC files in a WACZ."""

    def wanted(name: str) -> bool:
        return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))

    yield from zip_items(origin, wanted)


class _Pieces:
    """A stream that gives what it has: what stands before a broken place is not lost with it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = cast(io.BufferedReader, stream)
        self._place = 0
        self.error: Exception | None = None

    def tell(self) -> int:
        """Return how much was read."""
        return self._place

    def read(self, size: int = -1) -> bytes:
        """Read at most `size` bytes."""
        try:
            data = self._stream.read1(size)
        except Exception as error:
            self.error = error  # its own kind tells more than what the library makes of it
            raise
        self._place += len(data)
        return data


class _CutOff(InputError):
    """The file ends inside of a record."""

    def __init__(self) -> None:
        text = "The archive ends inside of a record: it was cut off. Make it again."
        super().__init__(Reason.MALFORMED, text)


def _records(stream: BinaryIO) -> Iterator[Any]:
    """Yield the records; raise InputError where the file is broken or ends within one."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    pieces = _Pieces(stream)
    try:
        iterator = ArchiveIterator(
            cast(BinaryIO, pieces), record_types=WarcRecordType.any_type, parse_http=False,
            fsspec_args=False, max_header_len=_HTTP_HEAD_BYTES,
        )  # fmt: skip
        for record in iterator:
            if record.headers.get("WARC-Type") is None:
                raise _CutOff
            yield record
            record.consume()
    except OSError as error:
        raise pieces.error or broken(error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a defect of the library shows
            raise
        raise broken(error) from error


def _page(origin: Origin, record: Any) -> Found | None:
    """Return the page in a record, None where it holds none; raise InputError if it is cut off."""
    from fastwarc.warc import WarcRecordType

    if record.record_type != WarcRecordType.response or not record.is_http:
        _pass_over_rest(record, 0)
        return None
    uri = printable(without_secrets((record.headers.get("WARC-Target-URI") or "").strip("<> ")))
    limit = origin.limits.max_document_bytes
    wanted = min(record.content_length, limit + _HTTP_HEAD_BYTES)
    block = _all_of(record.reader, wanted - 1)
    if len(block) < wanted:
        raise _CutOff
    try:
        return _response(origin, record, uri, block)
    except _CutOff:
        raise
    except InputError as error:
        payload = block[: origin.limits.reject_payload_bytes]
        return Found("", Kind.PAGE, uri, payload, reason=error.reason, detail=error.detail)


def _response(origin: Origin, record: Any, uri: str, block: bytes) -> Found | None:
    """Return the page in a response, None for another answer; raise InputError for a broken one."""
    limit = origin.limits.max_document_bytes
    answer = _parsed(block)
    type_ = answer.http_headers.get("Content-Type") or ""
    status = answer.http_headers.status_code
    if status not in PAGE_STATUSES or not _may_be_page(type_, uri):
        _pass_over_rest(record, len(block))
        return None
    if record.content_length > len(block):
        _pass_over_rest(record, len(block))
        raise too_large(limit)
    try:
        content = _all_of(answer.reader, limit)
    except OSError as error:
        raise broken(error, "The page is packed, and broken") from error
    if len(content) > limit:
        raise too_large(limit)
    if (page_type := _told(content, type_)) is None:
        return None
    url = checked(uri)
    return Found(
        "", Kind.PAGE, url, content, content_type=printable(page_type)[:200], final_url=url,
        fetched_at=_moment(record), http_status=status, via=origin.uri,
    )  # fmt: skip


def _may_be_page(type_: str, uri: str) -> bool:
    """Tell whether an answer may be a page by its type: HTML, plain text, or none given."""
    name = type_.partition(";")[0].strip().lower()
    if name in ("", "text/plain"):
        return not NO_PAGES.search(_path(uri))
    return name.startswith(PAGE_TYPES)


def _path(uri: str) -> str:
    try:
        return urlsplit(uri).path
    except ValueError:
        return ""


def _told(content: bytes, type_: str) -> str | None:
    """Return the type of a page, from its bytes where it is not HTML by name; None for no page."""
    from newsloom.fetch.sniff import page_type  # which is made of parts of this package

    if type_.strip().lower().startswith(PAGE_TYPES):
        return type_
    try:
        return page_type(content, type_)
    except InputError:
        return None


def _parsed(block: bytes) -> Any:
    """Return a record of its own around the bytes of an HTTP answer, its packing undone."""
    from fastwarc.warc import WarcRecord, WarcRecordType

    answer = WarcRecord()
    answer.init_headers(WarcRecordType.response)
    answer.set_bytes_content(block)
    answer.is_http = True
    try:
        answer.parse_http(auto_decode="all", max_header_len=_HTTP_HEAD_BYTES, quirks_mode=True)
    except OSError as error:
        raise broken(error, "The record holds no HTTP answer") from error
    if answer.http_headers is None:
        raise InputError(Reason.MALFORMED, "The record holds no HTTP answer.")
    return answer


def _pass_over_rest(record: Any, taken: int) -> None:
    if taken + record.consume() < record.content_length:
        raise _CutOff


def _all_of(reader: Any, limit: int) -> bytes:
    """Read an unpacked body to its end, or to one byte past `limit`."""
    pieces: list[bytes] = []
    left = limit + 1
    while left > 0 and (piece := reader.read(min(left, CHUNK_BYTES))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _moment(record: Any) -> datetime.datetime:
    """Return when the page was fetched; a record without a usable date counts as of now."""
    found, now = record.record_date, clock.now()
    if not isinstance(found, datetime.datetime) or not EARLIEST_YEAR <= found.year <= now.year + 1:
        return now
    zone = datetime.UTC
    return min(now, (found.astimezone(zone) if found.tzinfo else found).replace(tzinfo=None))
