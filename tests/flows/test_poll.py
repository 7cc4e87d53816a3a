"""Polling a real site: what is taken up, what is looked at again, what fails and recovers."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from clocks import Simulated
from filelock import FileLock
from support import query, value
from website import Site, running

from flows import batch
from flows.ingest import ingest
from flows.poll import LOCK_NAME, poll
from flows.remove import remove
from flows.report import Report
from newsloom import clock as clocks
from newsloom.fetch import pace
from newsloom.listings import Entry, read_listing
from newsloom.settings import FetchSettings, IngestSettings, PollSettings, Settings
from newsloom.sources import Source
from newsloom.sources.reading import both_ends, item

pytestmark = pytest.mark.usefixtures("inline", "quick_entities")


@pytest.fixture
def quick_entities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the English tagger out: what is polled is not about entities."""
    monkeypatch.setattr("tasks.tag.untagged_contents", lambda *given: set())


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with running(hosts=3, articles=3) as site:
        yield site


class World:
    """A site, a warehouse, a list of sources, and the time."""

    def __init__(self, site: Site, folder: Path, clock: Simulated) -> None:
        self.site = site
        self.folder = folder
        self.clock = clock
        self.sources: list[Source] = []

    def source(self, path: str = "/feed.rss", host: int = 0, **fields: Any) -> Source:
        name = fields.pop("name", f"host {host}{path}")
        self.sources.append(Source(name=name, address=self.site.url(path, host), **fields))
        return self.sources[-1]

    def settings(self, **limits: Any) -> Settings:
        return Settings(
            ingest=IngestSettings(workers=1),
            fetch=FetchSettings(
                per_host_delay_seconds=0.0,
                retry_delay_seconds=0.0,
                allow_addresses=("127.0.0.0/8",),
            ),
            poll=PollSettings(**limits),
        )

    def poll(self, *only: str, **limits: Any) -> Report:
        report = poll(self.sources, self.folder, self.settings(**limits), only=only)
        assert report.unaccounted == 0
        return report

    def look(self, *only: str, **limits: Any) -> dict[str, Any]:
        """Poll, and return the one look."""
        (look,) = self.poll(*only, **limits).polls
        return look

    def urls(self) -> list[str]:
        rows = query(self.folder, "SELECT canonical_url FROM articles ORDER BY ALL")
        return [row["canonical_url"] for row in rows]

    def health(self) -> dict[str, Any]:
        (row,) = query(self.folder, "FROM source_health")
        return row


@pytest.fixture
def world(server: Site, tmp_path: Path) -> Iterator[World]:
    server.reset()
    clock = Simulated()
    pace._last.clear()
    with clocks.set_to(clock):
        yield World(server, tmp_path / "data", clock)


def test_what_is_new_is_taken_up_once(world: World) -> None:
    world.source()
    assert world.poll().statuses == {"new": 3}
    assert world.poll().run_id == ""
    world.clock.forward(hours=1)
    world.site.publish(2)
    report = world.poll()
    assert report.statuses["new"] == 2
    assert sorted(world.urls()) == sorted(world.site.articles().values())
    assert world.health()["new_7d"] == 0  # by the clock of the reader, that was long ago


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/feed.atom", "feed"), ("/feed.json", "feed"), ("/news-sitemap.xml", "sitemap"),
     ("/sitemap-index.xml", "sitemap"), ("/", "site")],
)  # fmt: skip
def test_every_kind_of_list_brings_the_same_articles(world: World, path: str, kind: str) -> None:
    world.source(path, kind=kind)
    assert world.poll().statuses == {"new": 3}
    assert sorted(world.urls()) == sorted(world.site.articles().values())
    (name,) = {row["source"] for row in query(world.folder, "SELECT source FROM articles")}
    assert name == world.sources[0].name


def test_a_failing_list_costs_no_other_and_recovers(world: World) -> None:
    bad = world.source("/plain", name="bad")
    world.source(host=1, name="good")
    assert world.poll().statuses == {"new": 3}
    health = {row["source"]: row for row in query(world.folder, "FROM source_health")}
    assert (health["bad"]["failures"], health["bad"]["poll_reason"]) == (1, "not_a_feed")
    assert health["bad"]["poll_detail"]
    assert health["good"]["failures"] == 0
    world.sources[0] = Source(name=bad.name, address=world.site.url("/feed.rss"))
    assert world.poll("bad").statuses == {"new": 3}
    health = {row["source"]: row for row in query(world.folder, "FROM source_health")}
    assert (health["bad"]["failures"], health["bad"]["failing_since"]) == (0, None)


def test_not_modified_neither_hides_news_for_ever_nor_ends_a_failure(world: World) -> None:
    source = world.source(schedule="every 1 hours")
    world.site.mode(validators="forever")
    world.poll()
    world.site.publish(1)
    looks = []
    for _ in range(4):
        world.clock.forward(hours=1)
        looks.append(world.look(source.name, full_every=3))
    assert [look["outcome"] for look in looks] == [
        "not_modified", "not_modified", "read", "not_modified",
    ]  # fmt: skip
    assert looks[2]["entries_new"] == 1
    world.site.mode(feed_status="500")
    world.clock.forward(hours=1)
    assert world.look(source.name)["failures"] == 1
    world.site.mode(feed_status="")
    world.clock.forward(days=1)
    after = world.look(source.name)
    assert (after["outcome"], after["conditional"], after["failures"]) == ("read", False, 0)


def test_not_modified_hides_nothing_for_days_where_looks_are_few(world: World) -> None:
    source = world.source(schedule="every 1 days")
    world.site.mode(validators="forever")
    world.poll()
    world.site.publish(1)
    looks = []
    for _ in range(4):
        world.clock.forward(days=1)
        looks.append(world.look(source.name))
    assert [(look["outcome"], look["entries_new"]) for look in looks] == [
        ("not_modified", 0), ("read", 1), ("not_modified", 0), ("read", 0),
    ]  # fmt: skip


def test_a_list_that_was_read_under_a_wrong_clock_is_asked_for_whole(world: World) -> None:
    source = world.source()
    world.clock.forward(days=20)
    world.poll()
    world.clock.passed = 0.0
    assert not world.look(source.name)["conditional"]


def test_a_page_is_looked_at_again_at_growing_ages_even_when_unlisted(world: World) -> None:
    world.source(schedule="every 10 minutes")
    world.poll()
    world.site.mode(feed_size="1")
    seen, ages = len(world.site.log()), []
    page = world.site.articles()[1]
    for hours in range(1, 24):
        world.clock.forward(hours=1)
        if hours == 5:
            world.site.edit(1, "words")
        world.poll()
        if any(world.site.url(e["path"]) == page for e in world.site.log(seen)):
            ages.append(hours)
        seen = len(world.site.log())
    assert ages == [1, 2, 4, 8, 16]
    revision = f"SELECT revision FROM articles WHERE canonical_url = '{page}'"
    assert value(world.folder, revision) == 2


def test_an_edit_that_the_server_denies_is_seen_within_the_week(world: World) -> None:
    world.source(schedule="every 1 days")
    world.site.mode(validators="forever")
    world.poll()
    world.site.edit(1, "words")
    page, courses = world.site.articles()[1], []
    for _ in range(5):
        world.clock.forward(days=1)
        world.poll()
        row = f"SELECT revision FROM articles WHERE canonical_url = '{page}'"
        courses.append(value(world.folder, row))
    assert (courses[0], courses[-1]) == (1, 2)


def test_after_a_week_a_page_is_left_alone(world: World) -> None:
    world.source(schedule="every 1 days")
    world.poll()
    world.clock.forward(days=8)
    assert world.look()["entries_again"] == 0


def test_two_sources_with_one_address_make_one_article(world: World) -> None:
    world.source("/feed.rss", name="first")
    world.source("/feed.atom", name="second")
    assert world.poll().statuses == {"new": 3}
    for _ in range(3):
        world.clock.forward(hours=2)
        assert not world.poll().statuses["revised"]
    assert {row["source"] for row in query(world.folder, "SELECT source FROM items")} == {"first"}


def test_what_is_too_much_for_one_look_follows_at_the_next(world: World) -> None:
    world.source()
    assert world.look(max_entries=2)["entries_new"] == 2
    world.clock.forward(hours=1)
    assert world.poll(max_entries=2).statuses["new"] == 1
    assert len(world.urls()) == 3


def test_a_broken_off_poll_loses_and_doubles_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.source()

    def killed(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(batch.Batch, "_load", killed)
        with pytest.raises(KeyboardInterrupt):
            world.poll()
    assert value(world.folder, "SELECT count(*) FROM polls") == 0
    assert world.poll().statuses == {"new": 3}


def test_removed_articles_are_not_even_asked_for(world: World) -> None:
    world.source(schedule="every 10 minutes")
    world.poll()
    page = world.site.articles()[2]
    remove(world.folder, Settings(), [page], "asked for")
    seen = len(world.site.log())
    world.site.edit(2, "words")
    for hours in (1, 2, 4):
        world.clock.forward(hours=hours)
        world.poll()
    assert page not in {world.site.url(entry["path"]) for entry in world.site.log(seen)}
    assert len(world.urls()) == 2


def test_rejected_entries_are_tried_again(world: World) -> None:
    world.source(schedule="every 10 minutes")
    world.site.mode(page_status="500")
    assert world.poll().statuses == {"rejected": 3}
    world.site.mode(page_status="")
    world.clock.forward(minutes=20)
    assert not world.poll().statuses
    world.clock.forward(hours=1)
    assert world.poll().statuses == {"new": 3}
    assert value(world.folder, "SELECT count(*) FROM rejects") == 0


def test_paused_sources_rest_and_what_is_known_of_them_is_published(world: World) -> None:
    world.source(name="working", tags=("local",), country="GB", language="en")
    world.source(host=1, name="paused", paused=True)
    world.poll()
    rows = query(world.folder, "SELECT * FROM sources ORDER BY source")
    assert [(row["source"], row["paused"], row["tags"], row["country"]) for row in rows] == [
        ("paused", True, [], None), ("working", False, ["local"], "GB"),
    ]  # fmt: skip
    del world.sources[1]
    world.clock.forward(hours=1)
    world.poll()
    assert value(world.folder, "SELECT count(*) FROM sources") == 1


def test_a_pause_that_the_host_asks_for_moves_the_next_look(world: World) -> None:
    source = world.source(schedule="every 10 minutes")
    world.site.mode(feed_status="429", retry_after="7200")
    look = world.look(source.name)
    assert look["reason"] == "rate_limited"
    assert look["due_at"] - look["polled_at"] >= timedelta(seconds=7200)


def test_a_page_that_was_ingested_by_hand_belongs_to_who_lists_it(world: World) -> None:
    page = world.site.articles()[3]
    ingest([page], world.folder, world.settings())
    world.source(schedule="every 1 hours")
    assert world.poll().statuses == {"new": 2}
    world.site.edit(3, "words")
    world.clock.forward(hours=2)
    assert world.poll().statuses["revised"] == 1


def test_a_renamed_source_goes_on_with_its_pages(world: World) -> None:
    world.source(name="old", schedule="every 1 hours")
    world.poll()
    world.sources.clear()
    world.source(name="new", schedule="every 1 hours")
    world.site.edit(1, "words")
    world.clock.forward(hours=2)
    assert world.poll().statuses == {"revised": 1, "unchanged": 2}


def test_only_one_poll_at_a_time(world: World) -> None:
    world.source()
    with FileLock(world.folder / LOCK_NAME):
        assert world.poll().run_id == ""
    assert world.poll().statuses == {"new": 3}


def test_a_look_that_is_due_in_years_was_written_under_a_wrong_clock(world: World) -> None:
    world.source()
    world.clock.forward(days=2000)
    world.poll()
    world.clock.passed = 0.0
    world.clock.forward(hours=1)
    assert world.poll().run_id


def test_dead_lists_of_an_index_are_a_failure(world: World) -> None:
    world.source("/sitemap-dead.xml", kind="sitemap")
    look = world.look()
    assert (look["outcome"], look["reason"], look["failures"]) == ("failed", "http_gone", 1)
    assert "2 of its lists" in look["detail"]


def test_the_newest_lists_of_an_index_are_followed() -> None:
    lists = [f"https://example.org/{number}.xml" for number in range(30)]
    assert both_ends(lists, 4) == [*lists[:2], *lists[-2:]]
    assert both_ends(lists[:3], 4) == lists[:3]
    dated = "".join(
        f"<sitemap><loc>{address}</loc><lastmod>2024-01-{day:02}</lastmod></sitemap>"
        for day, address in enumerate(lists, 1)
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    index = f'<sitemapindex xmlns="{space}">{dated}</sitemapindex>'.encode()
    assert read_listing(index, None, None, IngestSettings()).more == lists[::-1]


def test_links_with_a_new_mark_at_every_look_are_the_same_pages() -> None:
    source = Source(name="Gazette", address="https://example.org/feed", content="feed")
    marked = Entry(
        url="https://example.org/a?utm_content=feed7&id=3", title="A", summary="<p>Words.</p>"
    )
    found = item(marked, source)
    assert found.uri == "https://example.org/a?id=3"
    assert (found.kind, b"Words." in (found.content or b"")) == ("row", True)
