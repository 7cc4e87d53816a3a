"""The sandbox's own program: limits itself for good, answers one query, and is thrown away."""

import contextlib
import math
import resource
import threading
from pathlib import Path

import duckdb

from newsloom.errors import NewsloomError
from warehouse.sandbox import fetch
from warehouse.sandbox.answer import Answer, Limits
from warehouse.sandbox.errors import SqlFailed, too_big, too_slow
from warehouse.sandbox.shut import THREADS, shut_connection
from warehouse.sandbox.statement import check

VIEWS_HINT = "SHOW TABLES lists the views, DESCRIBE articles the columns of one."
HEADROOM_BYTES = 600_000_000
"""Of addresses, beyond DuckDB's own limit: its threads' stacks and heaps, which it does not count.

A query over a few articles needs 150 MB of it.
"""


def warm() -> None:
    """Import what a query needs, ahead of it."""


def answer(published: Path, sql: str, views: frozenset[str], limits: Limits) -> Answer:
    """Answer one query; raises an SqlError. This process can do little else afterwards."""
    try:
        _limit_process(limits)
        connection = shut_connection(published, limits.memory)
        timer = threading.Timer(limits.seconds, connection.interrupt)
        timer.daemon = True
        timer.start()
        if check(connection, sql, views):
            return fetch.explain(connection, sql)
        return fetch.fetch(connection, sql, limits.rows)
    except NewsloomError:
        raise
    except duckdb.InterruptException as error:
        raise too_slow(limits) from error
    except (duckdb.OutOfMemoryException, MemoryError) as error:
        raise too_big(limits) from error
    except (duckdb.Error, RuntimeError, ValueError) as error:
        raise SqlFailed(_told(error, sql), VIEWS_HINT) from error


def _told(error: Exception, sql: str) -> str:
    """Return DuckDB's message; the place in the statement only where it is the user's own line."""
    message, _, place = str(error).partition("\n\nLINE ")
    line = place.partition(":")[2].partition("\n")[0].strip(" .")
    return str(error) if line and line in sql else message


def _limit_process(limits: Limits) -> None:
    """Take from this process for good what a query has no use for."""
    seconds = math.ceil(limits.seconds * THREADS) + 5
    for what, most in {
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: _addresses() + memory_bytes(limits.memory) + HEADROOM_BYTES,
    }.items():
        # Some systems know a limit by name only, macOS that of addresses.
        with contextlib.suppress(ValueError, OSError, OverflowError):
            resource.setrlimit(what, (most, most))


def _addresses() -> int:
    """Return the size of this process's address space in bytes, where the system tells it."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


def memory_bytes(text: str) -> int:
    """Return the bytes that a memory limit in DuckDB's words stands for."""
    units = {"K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
    digits = text.strip().upper().removesuffix("IB").removesuffix("B").strip()
    unit = units.get(digits[-1:], 1)
    try:
        number = float(digits.rstrip("KMGT "))
    except ValueError as error:
        raise SqlFailed(
            f"The setting dashboard.sql_memory is {text!r}.", "Write it like this: 256MB"
        ) from error
    return int(number * unit * (1.1 if text.strip().upper().endswith("IB") else 1))
