"""One long-lived pool of worker processes for the stages that cost processor time.

The standard pools start a worker by importing the program's main module again, and under an
orchestrator that import alone takes longer than the work. These workers are bare interpreters that
import just the stage they are asked for. A worker ends when its pipe closes, so none outlives a
killed parent.

    with Pool(2) as pool:
        pool.warm("newsloom.entities:warm")
        tables = pool.map("newsloom.entities:tag", jobs, warmed_by="newsloom.entities:warm")
"""

import threading
from collections.abc import Iterable
from concurrent.futures import Future
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from newsloom.pool.process import WorkerDied, WorkerProcess

COLD_PENALTY = 12
"""A worker without the model a job needs counts as this many jobs behind: loading takes as long."""

Job = tuple[Future[Any], str, tuple[Any, ...], float | None]


class Pool:
    """`size` workers, started when first needed. Jobs name a function as 'module:function'."""

    def __init__(self, size: int) -> None:
        self._lanes = [_Lane() for _ in range(max(size, 1))]
        self._choosing = threading.Lock()

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close(now=kind is not None)

    @property
    def size(self) -> int:
        """The number of workers."""
        return len(self._lanes)

    def warm(self, function: str) -> None:
        """Have one worker run `function()`, which loads a model, ahead of the jobs that need it."""
        with self._choosing:
            if any(function in lane.warmed for lane in self._lanes):
                return
            lane = min(self._lanes, key=lambda lane: lane.waiting)
            lane.warmed.add(function)
            lane.loading = True
            lane.submit(function, ()).add_done_callback(lambda _: lane.loaded())

    def submit(
        self,
        function: str,
        *args: Any,
        warmed_by: str | None = None,
        timeout_seconds: float | None = None,
    ) -> Future[Any]:
        """Run one job on the worker that will get to it first.

        The future raises what the function raises, or WorkerDied if the process ended, or was ended
        because the job took longer than `timeout_seconds`.
        """
        with self._choosing:
            lane = min(self._lanes, key=lambda lane: lane.cost(warmed_by))
            if warmed_by and warmed_by not in lane.warmed:
                lane.warmed.add(warmed_by)
                lane.submit(warmed_by, ())
            return lane.submit(function, args, timeout_seconds)

    def map(
        self, function: str, jobs: Iterable[tuple[Any, ...]], warmed_by: str | None = None
    ) -> list[Any]:
        """Run all jobs and return their results in order; the first error is raised."""
        futures = [self.submit(function, *job, warmed_by=warmed_by) for job in jobs]
        return [future.result() for future in futures]

    def close(self, *, now: bool = False) -> None:
        """End the workers: after the jobs that wait, or `now`."""
        for lane in self._lanes:
            lane.close(now=now)
        for lane in self._lanes:
            lane.join()


class _Lane:
    """One worker, its queue, and the thread that feeds it."""

    def __init__(self) -> None:
        self.warmed: set[str] = set()
        self.waiting = 0
        self.loading = False  # a model, ahead of the jobs that need it: no place for others
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._worker: WorkerProcess | None = None
        self._closing = False

    def cost(self, warmed_by: str | None) -> int:
        cold = bool(warmed_by) and warmed_by not in self.warmed
        return self.waiting + COLD_PENALTY * (cold + (self.loading and not warmed_by))

    def submit(
        self, function: str, args: tuple[Any, ...], timeout_seconds: float | None = None
    ) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting += 1
        self._jobs.put((future, function, args, timeout_seconds))
        if self._thread is None:
            self._thread = threading.Thread(target=self._feed, daemon=True)
            self._thread.start()
        return future

    def loaded(self) -> None:
        self.loading = False

    def close(self, *, now: bool) -> None:
        self._closing = now
        self._jobs.put(None)
        if now and self._worker:
            self._worker.kill()

    def join(self) -> None:
        if self._thread:
            self._thread.join()
        if self._worker:
            self._worker.close()

    def _feed(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, *call = job
            self._run(future, call)
            self.waiting -= 1

    def _run(self, future: Future[Any], call: list[Any]) -> None:
        if self._closing:
            future.cancel()
            return
        try:
            future.set_result(self._call(*call))
        except BaseException as error:
            future.set_exception(error)

    def _call(self, function: str, args: tuple[Any, ...], timeout_seconds: float | None) -> Any:
        if self._worker is None:
            self._worker = WorkerProcess()
        try:
            return self._worker.call(function, args, timeout_seconds)
        except WorkerDied:
            self._worker.close()
            self._worker = None
            self.warmed.clear()
            raise
