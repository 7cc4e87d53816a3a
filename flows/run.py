"""A run: whatever finds items, its batches through the stages, and how it ended.

The same body runs directly and as an orchestrated flow (tracked.py); only `call`, which runs a
stage, differs. A batch is worked on without the warehouse's lock as far as possible; whatever
depends on what else is in the warehouse is then decided inside the one commit that writes it, so
two runs at once cannot double an article.
"""

import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol, runtime_checkable

import pyarrow as pa

from flows.batch import Batch, timed
from flows.progress import watcher
from flows.report import Report
from newsloom.errors import NewsloomError
from newsloom.fetch import Hosts
from newsloom.pool import Pool
from newsloom.settings import Settings
from newsloom.vocabulary import RunStatus
from tasks import runs, tag
from tasks.context import Context, utc_now
from tasks.stage import Call, Stage, directly
from tasks.workers import worker_count
from warehouse import maintain
from warehouse.commit import Commit
from warehouse.folder import CATALOG_NAME
from warehouse.hosts import hosts
from warehouse.lake import Lake


class Finder(Protocol):
    """What finds the items of a run: iterate to get tables of schema.ITEM."""

    def __iter__(self) -> Iterator[pa.Table]:
        """Find the items, batch by batch."""

    @property
    def bytes_done(self) -> int:
        """Bytes of input dealt with so far."""

    @property
    def bytes_total(self) -> int | None:
        """Of so many, None where that cannot be known."""


@runtime_checkable
class Noting(Protocol):
    """A finder that has facts of its own to keep."""

    def note(self, writing: Commit) -> None:
        """Add them to a commit: to that of each batch it found, and to the run's last one."""


def new_run_id() -> str:
    """Return an id that sorts by time."""
    return f"r{utc_now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def carry_out(
    flow: str,
    inputs: Sequence[str],
    warehouse: Path,
    settings: Settings,
    find: Callable[[Context], Finder],
    *,
    call: Call = directly,
    prefect_run_id: str | None = None,
) -> Report:
    """Take everything that `find` finds into the warehouse folder, and return what came of it.

    Raises NewsloomError where the run as a whole cannot go on; bad inputs end as rejects instead.
    """
    began = time.monotonic()
    with Pool(worker_count(settings.ingest.workers)) as pool:
        if not (warehouse / CATALOG_NAME).exists():
            # An empty warehouse knows no input, so the tagger will be needed: it loads meanwhile.
            pool.warm(tag.WARM)
        with Lake(warehouse, settings.warehouse) as lake:
            context = Context(
                settings, lake, pool, new_run_id(), prefect_run_id, Hosts.from_table(hosts(lake))
            )
            report = Report(context.run_id, str(lake.folder))
            runs.start(context, flow, list(inputs))
            _run(context, find, report, call)
            report.seconds = time.monotonic() - began
    return report


def _run(context: Context, find: Callable[[Context], Finder], report: Report, call: Call) -> None:
    """Take the batches through the stages, and write how the run ended, whatever happens."""
    try:
        found = find(context)
        note = found.note if isinstance(found, Noting) else _nothing
        for items in _discovered(context, found, call):
            # Counted before anything is done with them: what gets lost on the way must show.
            report.items_found += items.num_rows
            Batch(context, call, report, note).run(items)
            watcher().batch(report.items_found, found.bytes_done, found.bytes_total)
            maintain.compact_if_scattered(context.lake)
    except BaseException as failure:
        _end_failed(context, report, failure)
        raise
    report.status = RunStatus.COMPLETED.value
    runs.end(context, RunStatus.COMPLETED, report.items_found, also=note)


def _nothing(writing: Commit) -> None:
    """Keep nothing more."""


def _end_failed(context: Context, report: Report, failure: BaseException) -> None:
    """Write that the run did not get to its end. If even that fails, the failure itself counts."""
    # Signals, the orchestrator's own among them, are no Exceptions.
    interrupted = not isinstance(failure, Exception)
    status = RunStatus.INTERRUPTED if interrupted else RunStatus.FAILED
    report.status = status.value
    _hold_signals()
    with suppress(NewsloomError):
        error = None if interrupted else f"{type(failure).__name__}: {failure}"[:1000]
        runs.end(context, status, report.items_found, error)


def _hold_signals() -> None:
    """Let the closing commit end in peace; it takes well under a second."""
    if threading.current_thread() is threading.main_thread():
        for wanted in (signal.SIGINT, signal.SIGTERM):
            signal.signal(wanted, signal.SIG_IGN)


def _discovered(context: Context, found: Finder, call: Call) -> Iterator[pa.Table]:
    """Yield the batches that discovery finds; reading one is a stage like the others."""
    batches = iter(found)
    discover = Stage(lambda: next(batches, None), "discover")
    while (items := timed(context, call, 0, discover)) is not None:
        yield items
