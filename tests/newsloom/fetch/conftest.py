"""The site that pages are fetched from; each test gets hosts that no other test has touched."""

from collections.abc import Iterator

import pytest
from clocks import Simulated
from website import Site, running

from newsloom import clock


@pytest.fixture(scope="session")
def whole_site() -> Iterator[Site]:
    with running(hosts=400, articles=12) as site:
        yield site


_used = 0


@pytest.fixture
def site(whole_site: Site) -> Site:
    """Return the site with three hosts of this test's own."""
    global _used
    first, _used = _used, _used + 3
    own = Site(whole_site.port, 0)
    own.hosts = whole_site.hosts[first:_used]
    return own


@pytest.fixture
def simulated() -> Iterator[Simulated]:
    """Let waiting take no time."""
    made = Simulated()
    with clock.set_to(made):
        yield made
