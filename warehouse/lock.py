"""One writer at a time: a lock file that the system releases even when its holder is killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from newsloom.errors import WarehouseBusy, WarehouseError

LOCK_NAME = "writer.lock"


@contextmanager
def writer_lock(folder: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the warehouse for writing. Raises WarehouseBusy after `wait_seconds`."""
    lock = FileLock(folder / LOCK_NAME)
    try:
        lock.acquire(timeout=wait_seconds, poll_interval=0.05)
    except Timeout as error:
        raise WarehouseBusy(
            f"Another program has been writing to {folder} for over {wait_seconds:.0f} seconds.",
            "Wait for it to end, or look for it with: newsloom status",
        ) from error
    except OSError as error:
        raise WarehouseError(
            f"The warehouse folder {folder} cannot be written: {error.strerror}.",
            "Make it writable, or name another one with --warehouse DIR.",
        ) from error
    try:
        yield
    finally:
        lock.release()
