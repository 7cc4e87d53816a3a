"""Calls the `newsloom` command inside this process, as the program's door does."""

import io
import os
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from support import ROOT, clean_environment

from cli import main as door


class Called(NamedTuple):
    """What a call left: exit code and both outputs."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def call(*arguments: Path | str, stdin: str = "", columns: int = 80, **environment: str) -> Called:
    """Call `newsloom` with the arguments; no orchestrator and no settings of the user's."""
    given = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    variables = clean_environment(COLUMNS=str(columns), **environment)
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, variables, clear=True),
        patch("sys.argv", ["newsloom", *map(str, arguments)]),
        patch("sys.stdin", given),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = door._run()
    return Called(code, out.getvalue(), err.getvalue())


def refused(called: Called) -> str:
    """Assert that a call was refused as a user's mistake should be; return the message."""
    assert called.code == 2, called
    assert called.out == ""
    assert "Traceback" not in called.err
    assert "defect" not in called.err
    return called.err


__all__ = ["ROOT", "Called", "call", "refused"]
