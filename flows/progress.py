"""What a running flow tells whoever watches it: a bar on a terminal, a log, nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

STAGES = ("discover", "recognise", "fetch", "extract", "compare", "tag", "decide", "copies",
          "stories", "load")  # fmt: skip


class Progress(Protocol):
    """The watcher. Calls come from the flow's own thread."""

    def stage(self, name: str, rows: int) -> None:
        """Say that a stage begins with so many rows."""

    def batch(self, items: int, bytes_done: int, bytes_total: int | None) -> None:
        """Say that a batch was committed: items so far, input bytes read, and of how many."""


class Silent:
    """A watcher that does not look."""

    def stage(self, name: str, rows: int) -> None:
        """Do nothing."""

    def batch(self, items: int, bytes_done: int, bytes_total: int | None) -> None:
        """Do nothing."""


# Flow parameters must be plain data, so the watcher of this process waits here instead.
_watcher: ContextVar[Progress] = ContextVar("watcher", default=Silent())  # noqa: B039 - stateless


@contextmanager
def watched_by(progress: Progress) -> Iterator[None]:
    """Have the flows that run inside tell `progress`."""
    token = _watcher.set(progress)
    try:
        yield
    finally:
        _watcher.reset(token)


def watcher() -> Progress:
    """Return the watcher in force."""
    return _watcher.get()
