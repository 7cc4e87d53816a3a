"""tar archives, read as a stream: every member is read as a file of its name, in its turn."""

import tarfile
from collections.abc import Iterator
from typing import Any, Self, cast

from newsloom.discover.found import Found
from newsloom.discover.origin import Origin
from newsloom.discover.packing import metered
from newsloom.discover.readers.zipped import broken, is_hidden, refuse_bomb, refuse_depth
from newsloom.errors import InputError
from newsloom.vocabulary import Reason

MAX_HEADER_BYTES = 1_000_000
"""Of a member's long name or extended header, which is read into memory at once."""

_LONG_HEADERS = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)  # fmt: skip
_BROKEN = (tarfile.TarError, ValueError, OverflowError, LookupError, RecursionError)


class _Strict(tarfile.TarInfo):
    """A header that is refused where the library would read on without limit, or end in silence."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Read a header of 512 bytes, or raise InputError."""
        try:
            header = super().frombuf(buf, encoding, errors)
        except (tarfile.TruncatedHeaderError, tarfile.InvalidHeaderError) as error:  # type: ignore[attr-defined]
            raise broken(error) from error
        if header.type in _LONG_HEADERS and header.size > MAX_HEADER_BYTES:
            raise InputError(Reason.MALFORMED, "A member of the archive has an endless name.")
        return header


def read_tar(origin: Origin) -> Iterator[Found]:
    """Yield the items of all members that are files; links and devices are passed over."""
    refuse_depth(origin)
    if not origin.stream.peek(1):  # type: ignore[attr-defined]
        raise InputError(Reason.EMPTY, "The file is empty.")
    try:
        yield from _members(origin)
    except _BROKEN as error:
        raise broken(error) from error


def _members(origin: Origin) -> Iterator[Found]:
    from newsloom.discover.opening import member_items

    # A stream, so that an archive of any size needs no second look, and may itself be packed.
    with tarfile.open(fileobj=origin.stream, mode="r|", tarinfo=_Strict) as archive:
        while (member := archive.next()) is not None:
            content = archive.extractfile(member) if member.isreg() else None
            if content is not None and not is_hidden(member.name):
                stream = metered(content, origin.budget)
                called = origin.names.take(member.name)
                yield from member_items(origin, member.name, called, stream, member.size)
                refuse_bomb(origin)
            cast(Any, archive).members.clear()  # which it keeps for those who seek
