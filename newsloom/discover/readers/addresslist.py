"""Addresses, one a line: each is a page to fetch. Blank lines and `# remarks` are passed over."""

from collections.abc import Iterator

from newsloom.discover.addresses import checked, without_secrets
from newsloom.discover.found import Found, printable
from newsloom.discover.origin import Origin
from newsloom.discover.rowtext import LineDecoder, text_lines
from newsloom.discover.streams import Line, lines
from newsloom.errors import InputError
from newsloom.vocabulary import Kind

MAX_LINE_BYTES = 10_000


def read_addresses(origin: Origin) -> Iterator[Found]:
    """Yield a page to fetch, or a reject, for each line with something on it."""
    decoder = LineDecoder()
    for line in lines(text_lines(origin.stream), MAX_LINE_BYTES):
        if line.data.strip() and not line.data.lstrip().startswith(b"#"):
            yield _page(origin, decoder, line)


def _page(origin: Origin, decoder: LineDecoder, line: Line) -> Found:
    try:
        given = without_secrets(decoder.decode(line.data).strip())
        found = Found("", Kind.PAGE, checked(given))
    except InputError as error:
        uri = printable(f"{origin.uri}#{line.number}")
        found = Found("", Kind.PAGE, uri, line.data, reason=error.reason, detail=error.detail)
    return origin.row(line.number, found)
