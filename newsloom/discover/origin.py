"""What a reader gets: a stream of bytes, and how the items in it are called."""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from newsloom.discover.found import Found
from newsloom.discover.membernames import MemberNames
from newsloom.discover.packing import Budget
from newsloom.discover.streams import read_at_most
from newsloom.errors import InputError
from newsloom.settings import IngestSettings
from newsloom.vocabulary import Kind, Reason


@dataclass(frozen=True, slots=True)
class Origin:
    """One file, or standard input, or one member of an archive.

    `stream` is read forwards; it can seek where `seekable()` says so.
    `size` is in bytes, None where it cannot be known.
    `budget` is that of the file on disk that this comes out of; `depth` counts archives around it.
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
    budget: Budget = field(default_factory=lambda: Budget(lambda: 0))
    depth: int = 0
    names: MemberNames = field(default_factory=MemberNames)

    @property
    def base(self) -> str | None:
        """What addresses in it are relative to: its own, where it comes from the web."""
        return self.uri if self.uri.startswith(("http://", "https://")) else None

    def document(self, kind: Kind, content: bytes) -> Found:
        """Return the whole origin as one document."""
        return Found(self.locator, kind, self.uri, content, self.folder)

    def whole(self) -> bytes:
        """Return all of its bytes, which must be a document's, or raise InputError."""
        limit = self.limits.max_document_bytes
        content = read_at_most(self.stream, limit)
        if len(content) > limit:
            raise too_large(limit)
        if not content:
            raise InputError(Reason.EMPTY, "The file is empty.")
        return content

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


def too_large(limit: int) -> InputError:
    """Return the error for a file over the limit of one document."""
    return InputError(
        Reason.TOO_LARGE,
        f"The file has over {limit} bytes; split it, or raise ingest.max_document_bytes.",
    )


Reader = Callable[[Origin], Iterator[Found]]
"""Yields the items of an origin. It may raise InputError or OSError at any point: what was
yielded before stays, and the error becomes one more item."""
