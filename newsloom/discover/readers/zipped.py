"""ZIP archives: every member is read as a file of its name; nothing is written to disk."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from newsloom.discover.found import Found
from newsloom.discover.origin import Origin
from newsloom.discover.packing import metered
from newsloom.discover.streams import seekable
from newsloom.errors import InputError
from newsloom.vocabulary import Kind, Reason

MAX_DEPTH = 3
"""Archives around one file: three are somebody's backup, more are somebody's joke."""
MAX_DIRECTORY_BYTES = 64_000_000
"""Of a ZIP's list of its members, which Python keeps in memory, ten times larger."""

_ENCRYPTED = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OverflowError,
    OSError, LookupError, RuntimeError,
)  # fmt: skip
"""What the library raises for broken archives, some of it by accident."""


def read_zip(origin: Origin) -> Iterator[Found]:
    """Yield the items of all members."""
    yield from zip_items(origin, wanted=lambda name: not is_hidden(name))


def zip_items(origin: Origin, wanted: Callable[[str], bool]) -> Iterator[Found]:
    """Yield the items of the members whose name is wanted, or raise InputError."""
    refuse_depth(origin)
    with seekable(origin.stream) as stream, _opened(stream) as archive:
        members = [m for m in archive.infolist() if _is_file(m.filename) and wanted(m.filename)]
        if not members:
            raise InputError(Reason.NOTHING_USABLE, "The archive holds no file that could be read.")
        for member in members:
            yield from _member(origin, archive, member)
            refuse_bomb(origin)


def _is_file(name: str) -> bool:
    # Not `ZipInfo.is_dir`, which stumbles over a member without a name.
    return bool(name) and not name.endswith("/")


def is_hidden(name: str) -> bool:
    """Tell whether a member is hidden, or is what a Mac adds to every archive."""
    return any(
        (part.startswith(".") and part not in (".", "..")) or part == "__MACOSX"
        for part in name.split("/")
    )


def refuse_depth(origin: Origin) -> None:
    """Raise InputError (`too_deep`) for an archive inside too many others."""
    if origin.depth >= MAX_DEPTH:
        raise InputError(
            Reason.TOO_DEEP,
            f"Archives inside archives are opened {MAX_DEPTH} deep; unpack the outer ones.",
        )


def refuse_bomb(origin: Origin) -> None:
    """End an archive whose budget is used up: the member that did so has told why."""
    if origin.budget.exceeded:
        origin.budget.spend(0)


def broken(error: BaseException, what: str = "The archive is broken or cut off") -> InputError:
    """Return the InputError for what a library said about broken data."""
    from newsloom.discover.found import printable

    detail = printable(str(error))[:200] or type(error).__name__
    return InputError(Reason.MALFORMED, f"{what}: {detail}. Make the file again.")


def _opened(stream: BinaryIO) -> zipfile.ZipFile:
    try:
        if stream.seek(0, 2) == 0:
            raise InputError(Reason.EMPTY, "The file is empty.")
        _refuse_directory(stream)
        return zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise broken(error) from error


def _refuse_directory(stream: BinaryIO) -> None:
    """Refuse a list of members that would fill the memory: the library reads it all at once."""
    record = zipfile._EndRecData(stream)  # type: ignore[attr-defined]
    if record and record[zipfile._ECD_SIZE] > MAX_DIRECTORY_BYTES:  # type: ignore[attr-defined]
        raise InputError(
            Reason.TOO_LARGE, "The archive has too many members to be read; unpack it yourself."
        )


def _member(origin: Origin, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Found]:
    from newsloom.discover.opening import member_items, member_reject

    name = member.filename
    called = origin.names.take(name)
    try:
        _refuse(member)
        with archive.open(member) as content:
            stream = metered(content, origin.budget)
            yield from member_items(origin, name, called, stream, member.file_size)
    except InputError as error:
        yield member_reject(origin, called, Kind.INPUT, error)
    except _BROKEN as error:
        yield member_reject(origin, called, Kind.INPUT, broken(error, "This member is broken"))


def _refuse(member: zipfile.ZipInfo) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise InputError(
            Reason.ENCRYPTED, "This file in the archive has a password; unpack it yourself."
        )
    if member.compress_type not in _METHODS:
        raise InputError(
            Reason.MALFORMED,
            f"It is packed by method {member.compress_type}, which Newsloom does not unpack.",
        )
