"""What a reader gets: a stream of bytes, and how the items in it are called."""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from newsloom.discover.found import Found
from newsloom.errors import InputError
from newsloom.settings import IngestSettings
from newsloom.vocabulary import Kind, Reason


@dataclass(frozen=True, slots=True)
class Origin:
    """One file, or standard input, or later one member of an archive.

    `stream` is read forwards; it can seek where `seekable()` says so.
    `size` is in bytes, None where it cannot be known.
    """

    locator: str
    uri: str
    stream: BinaryIO
    size: int | None
    limits: IngestSettings
    folder: str | None
    """The source of a document: the name of the folder that holds it."""
    stem: str | None
    """The source of rows: the file's name without extension."""

    def document(self, kind: Kind, content: bytes) -> Found:
        """Return the whole origin as one document."""
        return Found(self.locator, kind, self.uri, content, self.folder)

    def row(self, number: int, found: Found) -> Found:
        """Place what was made of row `number` (from 1) here."""
        return dataclasses.replace(found, locator=f"{self.locator}#{number}", source=self.stem)

    def reject(self, kind: Kind, error: InputError, content: bytes | None = None) -> Found:
        """Return the whole origin as a reject."""
        return Found(
            self.locator, kind, self.uri, content, self.folder, None, error.reason, error.detail
        )

    def reject_row(
        self, number: int, reason: Reason, detail: str, content: bytes | None = None
    ) -> Found:
        """Return row `number` as a reject.

        Its content is cut to what is kept when it is written: there its whole length is known.
        """
        uri = f"{self.uri}#{number}"
        return Found(
            f"{self.locator}#{number}", Kind.ROW, uri, content, self.stem, None, reason, detail
        )


Reader = Callable[[Origin], Iterator[Found]]
"""Yields the items of an origin. It may raise InputError or OSError at any point: what was
yielded before stays, and the error becomes one more item."""
