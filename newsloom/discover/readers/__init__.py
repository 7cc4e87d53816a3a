"""The readers: one module a kind of input, and the table that names them.

A new kind is one module with a `Reader` and one line in FORMATS.
"""

from dataclasses import dataclass

from newsloom.discover.origin import Reader
from newsloom.discover.readers.csvfile import read_csv
from newsloom.discover.readers.documents import read_html, read_markdown, read_text
from newsloom.discover.readers.jsonl import read_jsonl
from newsloom.discover.readers.parquet import read_parquet
from newsloom.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Format:
    """How files with these extensions are read."""

    read: Reader
    kind: Kind
    suffixes: tuple[str, ...]
    packed: bool = True
    """The same with .gz appended is read too; needs a reader that never seeks."""


FORMATS = (
    Format(read_text, Kind.TEXT, (".txt", ".text")),
    Format(read_markdown, Kind.MARKDOWN, (".md", ".markdown")),
    Format(read_html, Kind.HTML, (".html", ".htm", ".xhtml")),
    Format(read_jsonl, Kind.ROW, (".jsonl", ".ndjson")),
    Format(read_csv, Kind.ROW, (".csv", ".tsv")),
    Format(read_parquet, Kind.ROW, (".parquet",), packed=False),
)
BY_SUFFIX = {suffix: format_ for format_ in FORMATS for suffix in format_.suffixes}


def format_of(name: str) -> tuple[Format | None, bool]:
    """Return the format for a file name, None for an unknown one, and whether it is packed."""
    lower = name.lower()
    packed = lower.endswith(".gz")
    stem = lower[:-3] if packed else lower
    dot = stem.rfind(".")
    found = BY_SUFFIX.get(stem[dot:]) if dot > 0 else None
    return (None, packed) if found and packed and not found.packed else (found, packed)


def known_suffixes() -> str:
    """Return all extensions for a message."""
    return ", ".join(sorted(BY_SUFFIX)) + ", and most of these with .gz"
