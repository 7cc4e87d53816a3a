"""What the tests of all floors share."""

import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

# The folders in here are named as the packages they test; the packages must be found first.
sys.path.insert(0, str(Path(__file__).parents[1]))

_connect = duckdb.connect


def _connect_quietly(*args: Any, **options: Any) -> duckdb.DuckDBPyConnection:
    """Tests run side by side, a process a core: threads in each would only fight for the cores."""
    options["config"] = {**options.get("config", {}), "threads": 1}
    return _connect(*args, **options)


duckdb.connect = _connect_quietly


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the heavy stages in this process: a pool of workers takes seconds to start."""
    from support import InlinePool

    monkeypatch.setattr("flows.run.Pool", InlinePool)
