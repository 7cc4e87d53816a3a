"""One warehouse a file for the tests that need a real server: its database takes half a minute."""

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("warehouse")
