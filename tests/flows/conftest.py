"""One warehouse for all tests that need a real server: making its database takes half a minute."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("warehouse")
