"""What the tests of all floors share."""

import sys
from pathlib import Path

import pytest

# The folders in here are named as the packages they test; the packages must be found first.
sys.path.insert(0, str(Path(__file__).parents[1]))


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the heavy stages in this process: a pool of workers takes seconds to start."""
    from support import InlinePool

    monkeypatch.setattr("flows.run.Pool", InlinePool)
