"""The site that pages are fetched from, as new for each test."""

from collections.abc import Iterator

import pytest
from clocks import Simulated
from website import Site, running

from newsloom import clock
from newsloom.fetch import pace


@pytest.fixture(scope="session")
def running_site() -> Iterator[Site]:
    with running(hosts=3, articles=12) as site:
        yield site


@pytest.fixture
def site(running_site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return the site with three hosts, of which nobody has asked anything."""
    monkeypatch.setattr(pace, "_last", {})
    running_site.reset()
    return running_site


@pytest.fixture
def simulated() -> Iterator[Simulated]:
    """Let waiting take no time."""
    made = Simulated()
    with clock.set_to(made):
        yield made
