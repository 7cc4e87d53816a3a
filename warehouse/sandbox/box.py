"""The sandbox from outside: a process for each query, two queries at once, an end to each."""

import threading
from pathlib import Path

from newsloom.pool.process import WorkerDied, WorkerProcess
from newsloom.settings import DashboardSettings
from warehouse.sandbox.answer import Answer, Limits
from warehouse.sandbox.errors import SqlBusy, too_big, too_slow

AT_ONCE = 2
WAIT_SECONDS = 2.0
"""A query that finds the box full waits so long for its turn before it is sent away."""
GRACE_SECONDS = 1.5
"""Beyond the limit: DuckDB is asked to stop at the limit, and killed after this."""
START_SECONDS = 30.0
_ANSWER = "warehouse.sandbox.child:answer"
_WARM = "warehouse.sandbox.child:warm"
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


class Sandbox:
    """Runs strangers' SQL over a published warehouse file. Safe to use from threads."""

    def __init__(self, published: Path, settings: DashboardSettings) -> None:
        self.limits = Limits(settings.sql_rows, settings.sql_seconds, settings.sql_memory)
        self._published = published
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._spare: WorkerProcess | None = None
        self._holding = threading.Lock()

    def run(self, sql: str) -> Answer:
        """Return the rows of one SELECT; raises an SqlError that says what to do."""
        if not self._turns.acquire(timeout=WAIT_SECONDS):
            raise SqlBusy(
                f"{AT_ONCE} queries are running, which is all that may.", "Try again in a moment."
            )
        try:
            return self._answer(sql)
        finally:
            self._turns.release()

    def close(self) -> None:
        """End the process that is kept for the next query."""
        with self._holding:
            spare, self._spare = self._spare, None
        if spare:
            spare.close()

    def _answer(self, sql: str) -> Answer:
        worker = self._taken()
        try:
            answer: Answer = worker.call(
                _ANSWER, (self._published, sql, _view_names(), self.limits),
                timeout_seconds=self.limits.seconds + GRACE_SECONDS,
            )  # fmt: skip
            return answer
        except WorkerDied as error:
            # Nothing broke where the time was up.
            raise (too_slow if error.__cause__ is None else too_big)(self.limits) from error
        finally:
            worker.kill()  # one query each: nothing of it can be left for the next
            worker.close()
            self._keep_a_spare()

    def _taken(self) -> WorkerProcess:
        """Return a process that has imported what a query needs and answered none."""
        with self._holding:
            worker, self._spare = self._spare, None
        if worker:
            try:
                worker.finish(_WARM, timeout_seconds=START_SECONDS)
                return worker
            except WorkerDied:
                worker.close()
        worker = WorkerProcess(_ENVIRONMENT)
        worker.call(_WARM, (), timeout_seconds=START_SECONDS)
        return worker

    def _keep_a_spare(self) -> None:
        """Start the next query's process now: it imports DuckDB while nobody waits."""
        with self._holding:
            if self._spare is None:
                self._spare = WorkerProcess(_ENVIRONMENT)
                self._spare.begin(_WARM, ())


def _view_names() -> frozenset[str]:
    # Not above: the child, which imports this package, has no use for the warehouse's code.
    from warehouse.views import PUBLIC_VIEWS

    return frozenset(view.name for view in PUBLIC_VIEWS)
