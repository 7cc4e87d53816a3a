"""The readers: one module a kind of input, and the table that names them.

A new kind is one module with a `Reader` and one line in FORMATS.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

from newsloom.discover.origin import Reader
from newsloom.discover.packing import PACKINGS
from newsloom.discover.readers.addresslist import read_addresses
from newsloom.discover.readers.csvfile import read_csv
from newsloom.discover.readers.documents import (
    read_docx,
    read_html,
    read_markdown,
    read_pdf,
    read_text,
)  # fmt: skip
from newsloom.discover.readers.jsonfile import read_json
from newsloom.discover.readers.jsonl import read_jsonl
from newsloom.discover.readers.listing import read_listing_file
from newsloom.discover.readers.mailfile import read_mail
from newsloom.discover.readers.parquet import read_parquet
from newsloom.discover.readers.tarred import read_tar
from newsloom.discover.readers.warc import read_wacz, read_warc
from newsloom.discover.readers.zipped import read_zip
from newsloom.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Format:
    """How files with these extensions are read."""

    read: Reader
    kind: Kind
    suffixes: tuple[str, ...]
    packed: bool = True
    """The same with .gz and the like appended is read too; needs a reader that never seeks."""


FORMATS = (
    Format(read_text, Kind.TEXT, (".txt", ".text")),
    Format(read_markdown, Kind.MARKDOWN, (".md", ".markdown")),
    Format(read_html, Kind.HTML, (".html", ".htm", ".xhtml")),
    Format(read_pdf, Kind.PDF, (".pdf",)),
    Format(read_docx, Kind.DOCX, (".docx",)),
    Format(read_mail, Kind.EMAIL, (".eml",)),
    Format(read_jsonl, Kind.ROW, (".jsonl", ".ndjson")),
    Format(read_json, Kind.ROW, (".json",)),
    Format(read_csv, Kind.ROW, (".csv", ".tsv")),
    Format(read_parquet, Kind.ROW, (".parquet",), packed=False),
    Format(read_addresses, Kind.PAGE, (".urls",)),
    Format(read_listing_file, Kind.INPUT, (".xml", ".rss", ".atom", ".rdf", ".opml")),
    Format(read_warc, Kind.INPUT, (".warc",)),
    Format(read_wacz, Kind.INPUT, (".wacz",), packed=False),
    Format(read_zip, Kind.INPUT, (".zip",), packed=False),
    Format(read_tar, Kind.INPUT, (".tar",)),
)
BY_SUFFIX = {suffix: format_ for format_ in FORMATS for suffix in format_.suffixes}
_SHORT = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz", ".tzst": ".tar.zst"}


def format_of(name: str) -> tuple[Format | None, str | None]:
    """Return the format for a file name, None for an unknown one, and how it is packed."""
    stem, packing = _unpacked_name(name.lower())
    dot = stem.rfind(".")
    found = BY_SUFFIX.get(stem[dot:]) if dot > 0 else None
    return (None, packing) if found and packing and not found.packed else (found, packing)


def stem_of(name: str) -> str:
    """Return a file's name without folder, packing and extension."""
    stem, _ = _unpacked_name(PurePosixPath(name).name)
    return PurePosixPath(stem).stem


def known_suffixes() -> str:
    """Return all extensions for a message."""
    return f"{', '.join(sorted(BY_SUFFIX))}, and most of these with {', '.join(PACKINGS)}"


def _unpacked_name(name: str) -> tuple[str, str | None]:
    """Return a name without the suffix of its packing, and that suffix."""
    lower = name.lower()
    for short, long in _SHORT.items():
        if lower.endswith(short):
            lower = name = name[: -len(short)] + long
    packing = next((suffix for suffix in PACKINGS if lower.endswith(suffix)), None)
    return (name[: -len(packing)], packing) if packing else (name, None)
