"""From the inputs as given to single files, in a fixed order and each once.

Hidden files and folders below a given folder are skipped, folders behind symbolic links are not
entered, and what is named on its own is read at its own place, not again inside its folder.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from newsloom.discover.addresses import looks_like_url
from newsloom.discover.readers import format_of
from newsloom.discover.remote import files, is_data_file, is_store
from newsloom.errors import InputError
from newsloom.vocabulary import Reason


class Shape(Enum):
    """What a step of the walk is."""

    STDIN = "stdin"
    URL = "url"
    REMOTE = "remote"
    FILE = "file"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to read; `path` is as given, a problem carries its error."""

    shape: Shape
    path: str
    error: InputError | None = None


def walk(inputs: Sequence[str]) -> Iterator[Step]:
    """Yield what the inputs stand for; memory grows with the inputs and with one folder's names."""
    named = _named(inputs)
    for given in named.values():
        if given == "-":
            yield Step(Shape.STDIN, given)
        elif looks_like_url(given):
            yield from _address(given)
        elif os.path.isdir(given):  # noqa: PTH112 - the path may hold undecodable bytes
            yield from _folder(given, set(named))
        else:
            yield _single(given)


def _address(given: str) -> Iterator[Step]:
    """Yield a page to fetch, or the data files that an address stands for."""
    if is_store(given):
        try:
            for path in files(given):
                yield Step(Shape.REMOTE, path)
        except InputError as error:
            yield Step(Shape.PROBLEM, given, error)
    else:
        yield Step(Shape.REMOTE if is_data_file(given) else Shape.URL, given)


def problem_of(error: OSError) -> InputError:
    """Return the InputError for what the system said about a path."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return InputError(Reason.NOT_FOUND, "There is no such file or folder; check the spelling.")
    reason = error.strerror or type(error).__name__
    return InputError(Reason.UNREADABLE, f"The system would not let it be read: {reason}.")


def _named(inputs: Sequence[str]) -> dict[str, str]:
    """Return the inputs by what identifies them, each once."""
    named: dict[str, str] = {}
    for given in inputs:
        key = given if given == "-" or looks_like_url(given) else _real(given)
        named.setdefault(key, given)
    return named


def _real(path: str) -> str:
    # realpath refuses zero bytes, which no path can have.
    return path if "\0" in path or not path else os.path.realpath(path)


def _single(path: str) -> Step:
    try:
        if "\0" in path:
            raise FileNotFoundError
        os.stat(path)  # noqa: PTH116
    except OSError as error:
        return Step(Shape.PROBLEM, path, problem_of(error))
    return Step(Shape.FILE, path)


def _folder(path: str, named: set[str]) -> Iterator[Step]:
    usable = False
    for step in _below(path, os.path.realpath(path), named):
        # What is named on its own counts: the folder did hold something to read.
        usable = usable or (step is None or format_of(step.path)[0] is not None)
        if step is not None:
            yield step
    if not usable:
        yield Step(
            Shape.PROBLEM,
            path,
            InputError(Reason.NOTHING_USABLE, "The folder holds no file that Newsloom reads."),
        )


def _below(path: str, real: str, named: set[str]) -> Iterator[Step | None]:
    """Yield the files under a folder; None for one that is an input of its own.

    The folders still to enter are kept on a list, not on the call stack: folders may be nested
    more deeply than Python calls may.
    """
    waiting = [_Entry(path, real, True)]
    while waiting:
        entry = waiting.pop()
        if entry.real in named and entry.path != path:
            yield None
        elif not entry.is_folder:
            yield _single(entry.path)
        else:
            try:
                waiting.extend(reversed(_entries(entry)))
            except OSError as error:
                yield Step(Shape.PROBLEM, entry.path, problem_of(error))


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    real: str
    is_folder: bool


def _entries(folder: _Entry) -> list[_Entry]:
    """Return what is in a folder, by name, without what is hidden or leads to other folders."""
    with os.scandir(folder.path) as entries:
        listed = sorted((e.name, e.is_dir(follow_symlinks=False), e.is_dir()) for e in entries)
    return [
        _Entry(os.path.join(folder.path, name), os.path.join(folder.real, name), is_folder)  # noqa: PTH118
        for name, is_folder, leads_to_folder in listed
        if not name.startswith(".") and is_folder == leads_to_folder
    ]
