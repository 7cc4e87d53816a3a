"""Files that are elsewhere: object stores through fsspec, and data files on the web.

Only what the user names comes here. No address that is found inside a feed, a page or an archive
is ever opened this way: pages are fetched by newsloom.fetch, which guards where requests go.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import unquote, urlsplit

from newsloom.discover.addresses import checked
from newsloom.discover.found import printable
from newsloom.discover.readers import format_of
from newsloom.errors import InputError
from newsloom.settings import Settings
from newsloom.vocabulary import Kind, Reason

STORES = (
    "s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "oss", "hdfs", "sftp", "memory",
)  # fmt: skip
"""What fsspec opens for us. Not `file` and `http`, which have their own way in, and none of the
schemes that wrap another."""
_PAGE_KINDS = (Kind.TEXT, Kind.MARKDOWN, Kind.HTML)
_EXTRAS = {"s3": "newsloom[s3]", "s3a": "newsloom[s3]"}


class Opened(NamedTuple):
    """A file that is elsewhere, open for reading."""

    stream: BinaryIO
    size: int | None
    name: str
    uri: str


def is_store(address: str) -> bool:
    """Tell whether an address is of an object store."""
    return address.partition("://")[0].lower() in STORES


def is_data_file(address: str) -> bool:
    """Tell whether an http(s) address is of a data file, not of a page: by its name's end."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:  # such as http://[::1
        return False
    format_, _ = format_of(_name(parts.path))
    return parts.scheme.lower() in ("http", "https") and (
        format_ is not None and format_.kind not in _PAGE_KINDS
    )


def files(address: str) -> Iterator[str]:
    """Yield the files that an address of a store stands for, folders and patterns resolved.

    Raises InputError.
    """
    system, path = _system(address)
    scheme = address.partition("://")[0]
    with _told(address):
        if "*" in path:
            found = sorted(system.glob(path))
        elif system.isdir(path):
            found = sorted(system.find(path))
        else:
            yield address
            return
    named = len(path.strip("/").partition("*")[0].split("/")) - ("*" in path)
    for name in found:
        if not any(part.startswith(".") for part in name.strip("/").split("/")[named:]):
            yield f"{scheme}://{name.lstrip('/')}"


@contextmanager
def opened(address: str, settings: Settings) -> Iterator[Opened]:
    """Open a file of a store, or download one from the web. Raises InputError."""
    if is_store(address):
        system, path = _system(address)
        with _told(address):
            size = system.info(path).get("size")
            stream = system.open(path, "rb")
        with stream:
            raw = cast(BinaryIO, _Told(stream))
            yield Opened(raw, size, _name(path), printable(address))
        return
    url = checked(address)
    # By name, because importing it loads the event loop, which most runs do without.
    fetching = import_module("newsloom.fetch")
    with fetching.download(url, settings) as file:
        yield Opened(file.stream, file.size, _name(urlsplit(url).path), url)


class _Told(io.RawIOBase):
    """A stream of a store, whose errors, of any library, are told as OSError."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def readable(self) -> bool:
        """Tell the buffer above that this stream reads."""
        return True

    def seekable(self) -> bool:
        """Tell that fsspec's files seek."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to another place."""
        return int(self._inner.seek(offset, whence))

    def tell(self) -> int:
        """Return the place."""
        return int(self._inner.tell())

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read at most as much as `buffer` holds."""
        try:
            data = self._inner.read(len(buffer))
        except OSError:
            raise
        except Exception as error:
            raise OSError(5, printable(f"{type(error).__name__}: {error}")[:200]) from error
        buffer[: len(data)] = data
        return len(data)


def _name(path: str) -> str:
    return unquote(path.rstrip("/").rpartition("/")[2])


def _system(address: str) -> tuple[Any, str]:
    """Return the file system of an address and the path in it; nothing is chained."""
    import fsspec  # only where a store is named

    scheme = address.partition("://")[0].lower()
    if "::" in address:
        raise InputError(Reason.BAD_URL, "Addresses that wrap another (::) are not opened.")
    try:
        system = fsspec.filesystem(scheme)
    except ImportError as error:
        extra = _EXTRAS.get(scheme)
        needed = f"pip install '{extra}'" if extra else printable(str(error))[:200]
        raise InputError(
            Reason.UNREADABLE, f"Reading {scheme}:// needs one more package: {needed}"
        ) from error
    except Exception as error:
        raise _refused(error) from error
    return system, str(system._strip_protocol(address))


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Turn what a store's library raises into InputError."""
    try:
        yield
    except InputError:
        raise
    except FileNotFoundError as error:
        raise InputError(Reason.NOT_FOUND, f"There is no {printable(address)}.") from error
    except Exception as error:
        raise _refused(error) from error


def _refused(error: Exception) -> InputError:
    text = printable(f"{type(error).__name__}: {error}")[:300]
    return InputError(Reason.UNREADABLE, f"The store would not let it be read. {text}")
