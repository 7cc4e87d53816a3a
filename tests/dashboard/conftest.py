"""One past with faults in it, for all tests of pages that ask of it."""

from collections.abc import Iterator

import faults
import pytest
from pages_helpers import Pages, opened


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """The dashboard of a made-up past with something the matter in it."""
    folder = tmp_path_factory.mktemp("faults") / "data"
    faults.write(folder)
    with opened(folder) as found:
        yield found
