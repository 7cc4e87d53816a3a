"""The poll flow: the sources that are due, their lists, and what is new in them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from flows.report import Report
from flows.run import carry_out
from newsloom import clock
from newsloom.errors import UsageError, WarehouseError, WarehouseMissing
from newsloom.settings import Settings
from newsloom.sources import Source
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
    wanted = named(sources, only) if only else due_now(sources, warehouse)
    if not wanted:
        return Report("", str(warehouse.absolute()), RunStatus.COMPLETED.value)
    with _alone(warehouse) as alone:
        if not alone:
            return Report("", str(warehouse.absolute()), RunStatus.COMPLETED.value)
        # Anew: a poll that has just ended may have looked at some of them.
        now = wanted if only else due_now(sources, warehouse)
        return _polled(sources, now, warehouse, settings, call, prefect_run_id)


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


def due_now(sources: Sequence[Source], warehouse: Path, at: datetime | None = None) -> list[Source]:
    """Return the sources that are due, the longest overdue first, as far as is published."""
    try:
        with Published(warehouse) as news:
            standing = standings(news, sources)
    except WarehouseMissing:
        return [source for source in sources if not source.paused]
    return due(sources, standing, at or clock.now())


def named(sources: Sequence[Source], names: Sequence[str]) -> list[Source]:
    """Return the sources of these names; an unknown one raises UsageError."""
    known = {source.name: source for source in sources}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(
            f"No source is called {unknown[0]!r}.",
            f"Listed are: {', '.join(list(known)[:20]) or 'none; newsloom sources add URL'}.",
        )
    return [known[name] for name in dict.fromkeys(names)]
