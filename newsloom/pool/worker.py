"""The worker's own program: read a call, run it, write the result, until the pipe closes."""

import os
import pickle
import sys
from importlib import import_module
from typing import Any

from newsloom.pool.process import read_message, write_message


def main(calls_fd: int, results_fd: int) -> None:
    """Serve calls from one pipe and answer on the other."""
    with os.fdopen(calls_fd, "rb") as calls, os.fdopen(results_fd, "wb") as results:
        while True:
            try:
                function, args = read_message(calls)
                write_message(results, _answer(function, args))
            except (EOFError, BrokenPipeError):
                # Nothing is left to save, and taking a language model apart costs over a second.
                os._exit(0)


def _answer(function: str, args: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        module, name = function.split(":")
        return True, getattr(import_module(module), name)(*args)
    except Exception as error:
        return False, _sendable(error)


def _sendable(error: Exception) -> Exception:
    """Return the error itself if it survives the way, else one that tells its story."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - just made
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def loaded_modules() -> list[str]:
    """Return the names of the modules that this process has imported."""
    return list(sys.modules)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
