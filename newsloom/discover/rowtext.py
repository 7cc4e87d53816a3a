"""Row files as lines of text: JSON Lines and CSV in whatever encoding they come."""

import codecs
import io
from typing import BinaryIO, cast

from newsloom.discover.decoding import HEAD_BYTES, guessed, marked, refuse_binary
from newsloom.discover.streams import CHUNK_BYTES
from newsloom.errors import InputError
from newsloom.vocabulary import Reason

FORGIVEN_ZEROS = 0.1


class Recoded(io.RawIOBase):
    """A UTF-16 or UTF-32 stream as UTF-8, in bounded pieces, so that it can be cut into lines."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._pending = b""
        self._ended = False

    def readable(self) -> bool:
        """Tell the buffer above that this stream reads."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Recode at most as much as `buffer` holds."""
        while not self._pending and not self._ended:
            data = self._stream.read(CHUNK_BYTES)
            self._ended = not data
            text = self._decoder.decode(data, final=self._ended)
            self._pending = text.encode("utf-8", "replace")
        piece, self._pending = self._pending[: len(buffer)], self._pending[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


class LineDecoder:
    """Decodes line by line: UTF-8, else the one other encoding that the file turns out to have."""

    def __init__(self) -> None:
        self._other: str | None = None

    def decode(self, data: bytes) -> str:
        """Return the text of a line, or raise InputError with reason `encoding`."""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            self._other = self._other or guessed(data)
        try:
            return data.decode(self._other)
        except UnicodeDecodeError as error:
            raise InputError(
                Reason.ENCODING, "The line is neither UTF-8 nor what earlier lines are."
            ) from error


def text_lines(stream: BinaryIO) -> BinaryIO:
    """Return the stream as UTF-8 (or another encoding with ASCII line ends), without its mark.

    Raises InputError for an empty stream and for binary data.
    """
    buffered = cast(io.BufferedReader, stream)
    head = _peek(buffered)
    if not head:
        raise InputError(Reason.EMPTY, "The file is empty.")
    encoding = marked(head)
    if encoding is None:
        refuse_binary(head, FORGIVEN_ZEROS)
        return stream
    if encoding == "utf-8":
        buffered.read(len(codecs.BOM_UTF8))
        return stream
    recoded = cast(BinaryIO, io.BufferedReader(Recoded(stream, encoding), CHUNK_BYTES))
    recoded.read(len("\ufeff".encode()))
    return recoded


def _peek(stream: io.BufferedReader) -> bytes:
    """Return the beginning without consuming it."""
    return stream.peek(HEAD_BYTES)[:HEAD_BYTES]
