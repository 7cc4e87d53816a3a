"""A month of polling: every page once, every edit a revision, every fault a named reject.

Short here; three hundred sites and thirty days with NEWSLOOM_FULL_TESTS=1 (make test-full).
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from month.site import CRAWL_DELAY_SECONDS, RETRY_AFTER_SECONDS, Visit, Web, showing
from month.ticking import START, Ticking
from month.world import PAGE_FAULTS, Page, Site, world
from support import InlinePool, query, value

from flows.poll import poll
from newsloom import clock as clocks
from newsloom.settings import FetchSettings, IngestSettings, Settings
from newsloom.sources import Source

FULL = bool(os.environ.get("NEWSLOOM_FULL_TESTS"))
SITES, DAYS, PAGES = (300, 30, 8) if FULL else (32, 4, 4)
QUIET_DAYS = 7
"""Nothing is published in the last days: the looks at edited pages must come round."""
TICK = timedelta(hours=4 if FULL else 12)
DELAY_SECONDS = 2.0
SETTINGS = Settings(
    ingest=IngestSettings(workers=1),
    fetch=FetchSettings(
        per_host_delay_seconds=DELAY_SECONDS,
        allow_addresses=("127.1.0.0/16",),
        max_page_bytes=1_000_000,
        concurrency=32,
    ),
)


class Month(NamedTuple):
    """What happened."""

    sites: list[Site]
    visits: list[Visit]
    folder: Path
    ended: Any

    def pages(self, *, faulty: bool = False) -> list[tuple[Site, Page]]:
        return [(s, p) for s in self.sites for p in s.pages if bool(p.fault) is faulty]

    def first_given(self) -> dict[tuple[str, str], datetime]:
        """Return by host and path when the server first gave a page.

        `first_seen_at` is when it was stored, after its batch was fetched: a page may be edited in
        between, and is then a revision all the same.
        """
        first: dict[tuple[str, str], datetime] = {}
        for visit in self.visits:
            if visit.status == 200:
                moment = START + timedelta(seconds=visit.at)
                first.setdefault((visit.host, visit.path), moment)
        return first


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    folder = tmp_path_factory.mktemp("month") / "data"
    clock, sites = Ticking(), world(SITES, DAYS - QUIET_DAYS if FULL else DAYS, PAGES)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.run.Pool", InlinePool)
        with clocks.set_to(clock), clock.holding(), showing(sites, clock) as web:
            _live(web, clock, [_source(site) for site in sites], folder)
        yield Month(sites, web.visits, folder, clock.now())


def _live(web: Web, clock: Ticking, sources: list[Source], folder: Path) -> None:
    end = START + timedelta(days=DAYS if FULL else DAYS + QUIET_DAYS)
    moment = START + TICK
    while moment <= end:
        clock.advance(moment)
        report = poll(sources, folder, SETTINGS)
        assert report.unaccounted == 0
        # While there is news, every few hours; then it is only seen whether edits are noticed.
        calm = moment > end - timedelta(days=QUIET_DAYS)
        moment += timedelta(days=1) if calm else TICK


def _source(site: Site) -> Source:
    kind = "sitemap" if site.habit == "sitemap" else "feed"
    return Source(name=site.name, kind=kind, address=f"{site.base}/feed")


def test_every_published_page_is_stored_once(month: Month) -> None:
    stored = query(month.folder, "SELECT source, url FROM articles")
    found = sorted((row["source"], row["url"]) for row in stored)
    assert found == sorted((s.name, s.base + p.path) for s, p in month.pages())


def test_every_edit_is_a_revision_and_nothing_else_is(month: Month) -> None:
    rows = query(month.folder, "SELECT url, revision, text FROM articles")
    stored, given = {row["url"]: row for row in rows}, month.first_given()
    for site, page in month.pages():
        row = stored[site.base + page.path]
        edited = page.edited_at is not None and page.edited_at > given[site.host, page.path]
        assert (row["revision"], page.edit in row["text"]) == (2 if edited else 1, True), (
            site.habit, page.path, page.published_at, page.edited_at,
        )  # fmt: skip


def test_every_fault_is_a_named_reject(month: Month) -> None:
    rows = query(month.folder, "SELECT locator, reason, detail FROM rejects")
    found = {row["locator"]: row["reason"] for row in rows}
    assert all(row["detail"] for row in rows)
    assert found == {
        s.base + p.path: PAGE_FAULTS[p.fault or ""] for s, p in month.pages(faulty=True)
    }


def test_no_request_goes_against_robots(month: Month) -> None:
    assert not [visit for visit in month.visits if visit.path.startswith("/privado/")]
    asked = {visit.host for visit in month.visits if visit.path == "/robots.txt"}
    assert asked == {site.host for site in month.sites}


def test_no_host_is_asked_more_often_than_it_may_be(month: Month) -> None:
    delays = {
        site.host: CRAWL_DELAY_SECONDS if site.habit == "slow_crawl" else DELAY_SECONDS
        for site in month.sites
    }
    by_host: dict[str, list[Visit]] = defaultdict(list)
    for visit in month.visits:
        by_host[visit.host].append(visit)
    for host, visits in by_host.items():
        # robots.txt itself says how long to wait, so what comes right after it is bound by it.
        gaps = [later.at - earlier.at for earlier, later in pairwise(visits)]
        assert min(gaps) >= delays[host] - 0.01, (host, visits[:6])


def test_a_host_that_asks_for_a_pause_gets_it(month: Month) -> None:
    for site in month.sites:
        visits = [visit for visit in month.visits if visit.host == site.host]
        for earlier, later in pairwise(visits):
            if earlier.status == 429:
                assert later.at - earlier.at >= RETRY_AFTER_SECONDS


def test_robots_are_asked_for_once_a_day(month: Month) -> None:
    for site in month.sites:
        asked = [v.at for v in month.visits if v.host == site.host and v.path == "/robots.txt"]
        assert all(later - earlier > 0.9 * 86_400 for earlier, later in pairwise(asked))


def test_most_looks_are_cheap(month: Month) -> None:
    """Servers that keep validators are asked for changes only, and lying ones not for ever."""
    for habit, least in (("validators", 0.4), ("lying304", 0.4)):
        hosts = {site.host for site in month.sites if site.habit == habit}
        lists = [v for v in month.visits if v.host in hosts and v.path.startswith("/feed")]
        assert sum(v.conditional for v in lists) >= least * len(lists)
        assert any(not v.conditional for v in lists[len(lists) // 2 :])


def test_the_books_balance(month: Month) -> None:
    assert value(month.folder, "SELECT sum(items_unaccounted) FROM runs") == 0
    health = query(month.folder, "FROM source_health ORDER BY source")
    assert len(health) == len(month.sites)
    assert not [row for row in health if row["failures"]]
    polls = value(month.folder, "SELECT count(*) FROM polls WHERE outcome = 'failed'")
    assert polls > 0  # there were outages
