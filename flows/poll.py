"""The poll flow: the sources that are due, their lists, and what is new in them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from flows.report import Report
from flows.run import carry_out
from newsloom import clock
from newsloom.errors import WarehouseError, WarehouseMissing
from newsloom.settings import Settings
from newsloom.sources import Source, named
from newsloom.vocabulary import RunStatus
from tasks.context import Context
from tasks.poll import Polling
from tasks.stage import Call, directly
from tasks.standing import due, standings
from warehouse.published import Published

LOCK_NAME = "poll.lock"


def poll(
    sources: Sequence[Source],
    warehouse: Path,
    settings: Settings,
    *,
    only: Sequence[str] = (),
    call: Call = directly,
    prefect_run_id: str | None = None,
) -> Report:
    """Look at the sources that are due, or at those named `only`, due or not.

    Where nothing is due, or another poll is under way, there is no run: the report says so by an
    empty run id.
    """
    chosen = named(sources, only)
    if chosen or due_now(sources, warehouse):
        with _alone(warehouse) as alone:
            # Asked anew: a poll that has just ended may have looked at some of them.
            wanted = (chosen or due_now(sources, warehouse)) if alone else []
            if wanted:
                return _polled(sources, wanted, warehouse, settings, call, prefect_run_id)
    return Report("", str(warehouse.absolute()), RunStatus.COMPLETED.value)


def _polled(
    sources: Sequence[Source],
    wanted: Sequence[Source],
    warehouse: Path,
    settings: Settings,
    call: Call,
    prefect_run_id: str | None,
) -> Report:
    looks: list[Polling] = []

    def find(context: Context) -> Polling:
        looks.append(Polling(context, sources, wanted))
        return looks[0]

    report = carry_out(
        "poll",
        [source.name for source in wanted],
        warehouse,
        settings,
        find,
        call=call,
        prefect_run_id=prefect_run_id,
    )
    report.polls = looks[0].looks
    return report


@contextmanager
def _alone(warehouse: Path) -> Iterator[bool]:
    """Hold the warehouse's polling meanwhile; False where somebody else does.

    Two polls at once would ask every host twice, each thinking itself alone.
    """
    lock = FileLock(warehouse / LOCK_NAME, timeout=0)
    try:
        warehouse.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError as error:
        raise WarehouseError(
            f"The warehouse folder {warehouse} cannot be written: {error.strerror}.",
            "Name another one with --warehouse DIR.",
        ) from error
    try:
        yield True
    finally:
        lock.release()


def due_now(sources: Sequence[Source], warehouse: Path) -> list[Source]:
    """Return the sources that are due, the longest overdue first, as far as is published."""
    try:
        with Published(warehouse) as news:
            standing = standings(news, sources)
    except WarehouseMissing:
        return [source for source in sources if not source.paused]
    return due(sources, standing, clock.now())
