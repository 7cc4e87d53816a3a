"""From a name and its bytes to the items in it, whatever is wrong with them."""

import dataclasses
from collections.abc import Iterator
from typing import BinaryIO

from newsloom.discover.found import Found, printable, quoted
from newsloom.discover.origin import Origin, Reader
from newsloom.discover.packing import BROKEN, Budget, unpacked
from newsloom.discover.readers import format_of, known_suffixes, stem_of
from newsloom.discover.walk import problem_of
from newsloom.errors import InputError
from newsloom.settings import IngestSettings
from newsloom.vocabulary import Kind, Reason


def items_of(
    name: str,
    stream: BinaryIO,
    size: int | None,
    *,
    locator: str,
    uri: str,
    limits: IngestSettings,
    folder: str | None,
    budget: Budget,
    depth: int = 0,
) -> Iterator[Found]:
    """Yield the items in a file called `name`; it is read as its name says.

    locator, uri: what the items are called by. folder: the source of its documents.
    """
    format_, packing = format_of(name)
    stem = printable(stem_of(name)) or None
    origin = Origin(locator, uri, stream, size, limits, folder, stem, budget, depth)
    if format_ is None:
        yield origin.reject(Kind.INPUT, unknown_type())
        return
    if packing:
        content = unpacked(stream, packing, budget)
        origin = Origin(locator, uri, content, None, limits, folder, stem, budget, depth)
    yield from read(origin, format_.read, format_.kind)


def member_items(
    origin: Origin, name: str, called: str, stream: BinaryIO, size: int | None
) -> Iterator[Found]:
    """Yield the items in a member of an archive, which is called ARCHIVE!/MEMBER.

    It is read as its name says; `called` tells it from others of that name.
    """
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    yield from items_of(
        parts[-1] if parts else name,
        stream,
        size,
        locator=_locator(origin, called),
        uri=_uri(origin, called),
        limits=origin.limits,
        folder=printable(parts[-2]) if len(parts) > 1 else origin.stem,
        budget=origin.budget,
        depth=origin.depth + 1,
    )


def member_reject(origin: Origin, name: str, kind: Kind, error: InputError) -> Found:
    """Return a member of an archive as a reject."""
    return dataclasses.replace(
        origin.reject(kind, error), locator=_locator(origin, name), uri=_uri(origin, name)
    )


def _locator(origin: Origin, name: str) -> str:
    return f"{origin.locator}!/{printable(name)}"


def _uri(origin: Origin, name: str) -> str:
    return f"{origin.uri}!/{quoted(name)}"


def read(origin: Origin, reader: Reader, kind: Kind) -> Iterator[Found]:
    """Yield what a reader finds; whatever stops it becomes one more item."""
    found = 0
    try:
        for item in reader(origin):
            found += 1
            yield item
        if not found:
            raise InputError(Reason.NOTHING_USABLE, "Nothing in the file is an article.")
    except InputError as error:
        yield origin.reject(_kind_of(error, kind), error)
    except BROKEN as error:
        text = f"The packed data are broken or cut off: {error}. Make the file again."
        yield origin.reject(kind, InputError(Reason.MALFORMED, text))
    except OSError as error:
        yield origin.reject(kind, problem_of(error))
    except Exception as error:  # a defect in one reader must not end the run
        text = f"{type(error).__name__}: {printable(str(error))[:500]}"
        yield origin.reject(kind, InputError(Reason.INTERNAL, text))


def unknown_type() -> InputError:
    """Return the error for a file that no reader takes."""
    return InputError(
        Reason.UNKNOWN_TYPE, f"Newsloom reads {known_suffixes()}; convert the file to one of these."
    )


def _kind_of(error: InputError, kind: Kind) -> Kind:
    return Kind.INPUT if error.reason is Reason.NOTHING_USABLE else kind
