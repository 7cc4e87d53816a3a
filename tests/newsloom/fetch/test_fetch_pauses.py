"""Hosts are asked no faster than they like, and what they ask for is remembered."""

import datetime

import httpcore
import pytest
from clocks import START, Simulated
from fetch_helpers import ask, asked, paths, settings
from website import Site

from newsloom import clock
from newsloom.fetch import Hosts, Request, get, host_of


def test_a_short_pause_is_waited_for(site: Site, simulated: Simulated) -> None:
    (answer,) = ask(site.url("/fault/limited?after=20&times=2"))
    assert (answer.reason, answer.status) == (None, 200)
    assert simulated.passed == pytest.approx(40)


def test_a_pause_until_a_date_is_waited_for(site: Site) -> None:
    (answer,) = ask(site.url("/fault/limited?date=1&times=1"))
    assert answer.reason is None


def test_who_goes_on_asking_for_pauses_is_left_alone(site: Site, simulated: Simulated) -> None:
    hosts = Hosts()
    urls = [site.url(f"/fault/limited?after=5&n={number}") for number in range(4)]
    answers = asked(hosts, *urls)
    assert {answer.reason for answer in answers} == {"rate_limited"}
    assert len(paths(site)) == 1 + 3
    assert hosts.seconds_to_wait(site.name()) == 300


@pytest.mark.parametrize("status", [429, 503])
def test_a_long_pause_holds_for_later_runs(site: Site, simulated: Simulated, status: int) -> None:
    hosts = Hosts()
    url = site.url(f"/fault/limited?after=3600&times=1&status={status}")
    (answer,) = asked(hosts, url)
    assert (answer.reason, answer.status) == ("rate_limited", status)
    assert simulated.passed == 0
    later = Hosts.from_table(hosts.changes())
    simulated.forward(minutes=59)
    before = len(paths(site))
    (answer,) = asked(later, url)
    assert (answer.reason, answer.status) == ("rate_limited", None)
    assert len(paths(site)) == before
    simulated.forward(minutes=2)
    assert asked(later, url)[0].reason is None


def test_no_host_is_left_alone_for_years(simulated: Simulated) -> None:
    hosts = Hosts()
    hosts.pause("a.example", float("inf"))
    assert hosts.seconds_to_wait("a.example") == 86400


@pytest.mark.parametrize("after", ["", "soon", "-1", "1e9", "Thu,%2099%20Foo%202026"])
def test_a_pause_that_cannot_be_read_is_a_minute(
    site: Site, simulated: Simulated, after: str
) -> None:
    hosts = Hosts()
    (answer,) = asked(hosts, site.url(f"/fault/limited?after={after}"))
    assert answer.reason == "rate_limited"
    assert hosts.seconds_to_wait(site.name()) == 60


def test_503_without_a_pause_is_an_error(site: Site, simulated: Simulated) -> None:
    assert ask(site.url("/fault/503"))[0].reason == "http_error"


def test_a_host_that_is_asked_slowly_holds_up_no_other(site: Site) -> None:
    site.robots("User-agent: *\nCrawl-delay: 0.6")
    slow = [site.articles(0)[number] for number in range(1, 4)]
    quick = [site.articles(1)[number] for number in range(1, 9)]
    assert {answer.reason for answer in ask(*slow, *quick, concurrency=1)} == {None}
    hosts = [entry["host"] for entry in site.log() if entry["host"] in site.hosts]
    last = max(at for at, host in enumerate(hosts) if host == site.hosts[0])
    assert hosts[:last].count(site.hosts[1]) == 9


def test_a_queue_that_is_too_long_is_left_to_a_later_run(site: Site, simulated: Simulated) -> None:
    site.robots("User-agent: *\nCrawl-delay: 50")
    pages = [site.articles()[number] for number in range(1, 11)]
    hosts = Hosts()
    asked(hosts, pages[0])
    answers = asked(hosts, *pages, max_wait_seconds=120)
    reasons = [answer.reason for answer in answers]
    assert reasons.count(None) in (2, 3)
    assert set(reasons) == {None, "rate_limited"}
    assert simulated.passed < 300


def test_the_users_own_pause_is_kept(site: Site, simulated: Simulated) -> None:
    hosts = Hosts()
    hosts.set_delay(site.name(), 3.0)
    pages = site.articles()
    asked(hosts, pages[1], pages[2])
    assert simulated.passed == pytest.approx(6)
    assert hosts.changes()["ready_at"].to_pylist() == [None]


def test_pauses_hold_between_runs_of_one_process(site: Site, simulated: Simulated) -> None:
    page = site.articles()[1]
    for _ in range(3):
        asked(Hosts(), page, per_host_delay_seconds=2.0)
    assert simulated.passed == pytest.approx(2.0 * 5)


def test_one_page_at_a_time_unless_more_are_allowed(site: Site) -> None:
    for host, most in ((0, 1), (1, 3)):
        slow = [site.url(f"/fault/slow?seconds=0.4&n={number}", host) for number in range(3)]
        answers = ask(*slow, per_host_concurrency=most)
        assert {answer.reason for answer in answers} == {None}
        at_once = [e["at_once"] for e in site.log() if e["host"] == site.hosts[host]]
        assert max(at_once) == most


@pytest.mark.parametrize(
    ("path", "tries"), [("500-once", 2), ("500", 2), ("closed", 2), ("404", 1), ("403", 1),
                        ("endless-headers", 2), ("typed?is=png", 1)],
)  # fmt: skip
def test_only_what_may_pass_is_tried_again(
    site: Site, simulated: Simulated, path: str, tries: int
) -> None:
    (answer,) = ask(site.url(f"/fault/{path}"), retry_delay_seconds=2.0)
    assert (answer.reason is None) == (path == "500-once")
    assert len(paths(site)) == 1 + tries
    assert simulated.passed == 2.0 * (tries - 1)


def test_a_host_that_is_down_is_tried_for_one_of_its_pages(
    simulated: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    async def refused(self: object, host: str, *args: object, **more: object) -> None:
        tries.append(host)
        raise httpcore.ConnectError("refused")

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", refused)
    hosts = Hosts()
    urls = [f"http://127.0.0.1:9/{number}" for number in range(50)]
    assert {answer.reason for answer in asked(hosts, *urls)} == {"fetch_failed"}
    assert len(tries) == 2
    simulated.forward(minutes=6)
    asked(hosts, urls[0])
    assert len(tries) == 4
    assert hosts.changes().num_rows == 0


def test_a_host_that_goes_down_is_tried_for_one_page_only(site: Site) -> None:
    hosts = Hosts()
    asked(hosts, site.articles()[1])
    slow = [site.url(f"/fault/silent?seconds=2&n={number}") for number in range(6)]
    answers = asked(hosts, *slow, read_timeout_seconds=0.15)
    assert {answer.reason for answer in answers} == {"fetch_timeout"}
    assert sum("silent" in path for path in paths(site)) == 3


def test_time_that_goes_back_stops_nothing(site: Site) -> None:
    page = site.articles()[1]
    hosts = Hosts()
    for start in (START, START - datetime.timedelta(days=300)):
        with clock.set_to(Simulated(start)) as _:
            assert asked(hosts, page, per_host_delay_seconds=5)[0].reason is None


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://News.Example.org/a", "news.example.org"), ("http://a.example:80/", "a.example"),
     ("https://a.example:443", "a.example"), ("http://a.example:8080/", "a.example:8080"),
     ("http://[::1]:81/", "[::1]:81"), ("http://a.example./", "a.example")],
)  # fmt: skip
def test_a_host_has_one_name(url: str, host: str) -> None:
    assert host_of(url) == host


def test_nothing_is_asked_of_nobody() -> None:
    assert get([], settings(), Hosts()) == []
    (answer,) = get([Request("mailto:a@b.example")], settings(), Hosts())
    assert (answer.reason, answer.final_url) == ("bad_url", "mailto:a@b.example")
