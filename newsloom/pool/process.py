"""A worker process as its parent sees it: calls go down one pipe, results come up another."""

import os
import pickle
import select
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

PROJECT_ROOT = Path(__file__).parents[2]


class WorkerDied(RuntimeError):
    """The worker process ended in the middle of a job, for example for want of memory."""


class WorkerProcess:
    """One bare interpreter that runs functions by name.

    It has this process's environment variables, or those in `environment` and no others.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        calls_out, calls_in = os.pipe()
        results_out, results_in = os.pipe()
        # Own pipes, not stdin and stdout: a library that prints must not break the protocol.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "newsloom.pool.worker", str(calls_out), str(results_in)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(calls_out, results_in),
            env=_environment(os.environ if environment is None else environment),
            cwd=PROJECT_ROOT,
            start_new_session=True,  # Ctrl-C is the parent's to handle
        )
        os.close(calls_out)
        os.close(results_in)
        self._calls = os.fdopen(calls_in, "wb")
        self._results = os.fdopen(results_out, "rb")

    def call(
        self, function: str, args: tuple[Any, ...], timeout_seconds: float | None = None
    ) -> Any:
        """Run 'module:function' with `args` there; return its result or raise its error."""
        self.begin(function, args)
        return self.finish(function, timeout_seconds)

    def begin(self, function: str, args: tuple[Any, ...]) -> None:
        """Have 'module:function' run there; `finish` is to be called before the next `begin`."""
        try:
            write_message(self._calls, (function, args))
        except OSError as error:
            self._died(function, error)

    def finish(self, function: str, timeout_seconds: float | None = None) -> Any:
        """Return the result of what was begun or raise its error; wait for it so long at most."""
        try:
            if not select.select([self._results], [], [], timeout_seconds)[0]:
                self.kill()
                raise WorkerDied(f"{function} took longer than {timeout_seconds:.0f} seconds.")
            ok, value = read_message(self._results)
        except (OSError, EOFError) as error:
            self._died(function, error)
        if not ok:
            raise value
        return value

    def _died(self, function: str, error: Exception) -> NoReturn:
        self.kill()
        raise WorkerDied(f"A worker process ended while it ran {function}.") from error

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Close the pipes, which ends the process, and wait for it."""
        for pipe in (self._calls, self._results):
            try:
                pipe.close()
            except OSError:
                continue  # the process is gone already
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.kill()


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    # The work is divided between processes; threads inside each would only fight for the cores.
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    return {**given, **threads, "PYTHONHASHSEED": "0"}


def write_message(pipe: BinaryIO, message: Any) -> None:
    """Write one message with its length before it."""
    data = pickle.dumps(message, protocol=5)
    pipe.write(len(data).to_bytes(8, "little"))
    pipe.write(data)
    pipe.flush()


def read_message(pipe: BinaryIO) -> Any:
    """Read one message; raise EOFError at the end of the pipe. Both ends are this program."""
    header = pipe.read(8)
    if len(header) < 8:
        raise EOFError
    data = pipe.read(int.from_bytes(header, "little"))
    return pickle.loads(data)  # noqa: S301 - from our own process, through an unnamed pipe
