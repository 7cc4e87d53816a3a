"""robots.txt is asked for first, kept, and obeyed: by pages, feeds and where redirects lead."""

import pytest
from clocks import Simulated
from fetch_helpers import ask, asked, paths, settings
from website import Site

from newsloom.fetch import HOST, Hosts, Request, get
from newsloom.fetch.hosts import Host
from newsloom.fetch.rules import allows, asked_delay, product_tokens
from newsloom.settings import FetchSettings

pytestmark = pytest.mark.usefixtures("simulated")

NO_THREE = "User-agent: *\nDisallow: /news/3\n"


def test_a_page_that_robots_txt_names_is_not_asked_for(site: Site) -> None:
    site.robots(NO_THREE)
    pages = site.articles()
    answers = ask(*[pages[number] for number in (1, 2, 3, 4)])
    assert [answer.reason for answer in answers] == [None, None, "robots", None]
    assert (answers[2].status, answers[2].content) == (None, None)
    seen = paths(site)
    assert seen[0] == "/robots.txt"
    assert len(seen) == 4
    assert not any(path.startswith("/news/3") for path in seen)


def test_feeds_and_downloads_are_held_to_it_too(site: Site) -> None:
    site.robots("User-agent: *\nDisallow: /feed\n")
    (answer,) = get([Request(site.url("/feed.rss"), listing=True)], settings(), Hosts())
    assert answer.reason == "robots"
    assert paths(site) == ["/robots.txt"]


def test_what_is_said_to_newsloom_beats_what_is_said_to_all(site: Site) -> None:
    site.robots("User-agent: *\nDisallow: /\n\nUser-agent: newsloom\nDisallow: /news/2\n")
    pages = site.articles()
    assert [a.reason for a in ask(pages[1], pages[2])] == [None, "robots"]


@pytest.mark.parametrize(
    ("agent", "tokens"),
    [
        ("Newsloom/0.1 (x)", ["Newsloom"]),
        ("My-Reader 2", ["Newsloom", "My-Reader"]),
        ("", ["Newsloom"]),
    ],
)
def test_the_names_in_robots_txt_are_newsloom_and_that_of_the_user_agent(
    agent: str, tokens: list[str]
) -> None:
    assert product_tokens(agent) == tokens


@pytest.mark.parametrize(
    ("agent", "group", "allowed"),
    [
        ("Newsloom/0.1", "Newsloom/0.1", False),
        ("Newsloom/0.1", "newsloom 0.1  # the reader", False),
        ("Mozilla/5.0 (compatible; Newsloom/0.1)", "Newsloom", False),
        ("My-Reader/2", "Newsloom", False),
        ("My-Reader/2", "my-reader/1.1", False),
        ("My-Reader/2", "another/1", True),
    ],
)
def test_rules_for_one_of_its_names_hold_whatever_the_version(
    agent: str, group: str, allowed: bool
) -> None:
    robots = f"User-agent: {group}\nCrawl-delay: 7\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
    host, chosen = Host(robots=robots), FetchSettings(user_agent=agent)
    assert allows(host, "https://example.org/a", chosen) is allowed
    assert asked_delay(host, chosen) == (0.0 if allowed else 7.0)


def test_what_is_allowed_to_the_name_of_the_user_agent_alone_is_allowed() -> None:
    robots = "User-agent: *\nDisallow: /\n\nUser-agent: My-Reader\nAllow: /\n"
    host = Host(robots=robots)
    assert allows(host, "https://example.org/a", FetchSettings(user_agent="My-Reader/2"))
    assert not allows(host, "https://example.org/a", FetchSettings())


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_without_a_robots_txt_all_is_allowed(site: Site, status: int) -> None:
    site.robots("User-agent: *\nDisallow: /", status=status)
    assert ask(site.articles()[1])[0].reason is None


@pytest.mark.parametrize("status", [500, 503, 429])
def test_while_it_cannot_be_read_nothing_is(site: Site, simulated: Simulated, status: int) -> None:
    hosts, page = Hosts(), site.articles()[1]
    site.robots("", status=status)
    (answer,) = asked(hosts, page)
    assert answer.reason in ("robots_unknown", "rate_limited")
    assert set(paths(site)) == {"/robots.txt"}
    site.robots("User-agent: *\nDisallow:")
    simulated.forward(minutes=50)
    before = len(paths(site))
    assert asked(hosts, page)[0].reason == "robots_unknown"
    assert len(paths(site)) == before
    simulated.forward(minutes=15)
    assert asked(hosts, page)[0].reason is None


def test_it_is_asked_for_once_a_day_and_kept_between_runs(site: Site, simulated: Simulated) -> None:
    site.robots(NO_THREE)
    hosts, page = Hosts(), site.articles()[1]
    asked(hosts, page, page)
    changes = hosts.changes()
    assert changes.schema == HOST
    (row,) = changes.to_pylist()
    assert (row["host"], row["robots"], row["robots_status"]) == (site.name(), NO_THREE, 200)
    assert hosts.changes().num_rows == 0
    later = Hosts.from_table(changes)
    simulated.forward(hours=23)
    assert asked(later, site.articles()[3])[0].reason == "robots"
    assert paths(site).count("/robots.txt") == 1
    simulated.forward(hours=2)
    site.robots("")
    assert asked(later, site.articles()[3])[0].reason is None
    assert paths(site).count("/robots.txt") == 2


def test_a_redirect_to_a_forbidden_page_is_not_followed(site: Site) -> None:
    site.robots(NO_THREE, host=1)
    target = site.articles(1)[3]
    (answer,) = ask(site.url(f"/fault/to?at={target}"))
    assert (answer.reason, answer.final_url) == ("robots", target)
    assert answer.redirects == [site.url(f"/fault/to?at={target}")]
    assert paths(site, host=1) == ["/robots.txt"]


def test_redirects_of_robots_txt_are_followed(site: Site) -> None:
    site.robots("", status=301)
    site.robots(NO_THREE, host=1)
    site.mode(robots_to=site.url("/robots.txt", host=1))
    assert ask(site.articles()[3])[0].reason == "robots"
    assert paths(site, host=1) == ["/robots.txt"]


def test_a_robots_txt_that_redirects_for_ever_is_none(site: Site) -> None:
    site.robots("", status=302)
    site.mode(robots_to="/robots.txt")
    assert ask(site.articles()[1])[0].reason is None
    assert paths(site).count("/robots.txt") == 6


@pytest.mark.parametrize("to", ["http://10.0.0.1/robots.txt", "ftp://example.org/", "http://[x/"])
def test_one_that_leads_nowhere_stops_all(site: Site, to: str) -> None:
    site.robots("", status=302)
    site.mode(robots_to=to)
    (answer,) = ask(site.articles()[1])
    assert answer.reason == "robots_unknown"
    assert set(paths(site)) == {"/robots.txt"}


def test_of_a_huge_one_the_beginning_counts(site: Site) -> None:
    site.robots(f"{NO_THREE}# {'x' * 600_000}\nDisallow: /news/4\n")
    answers = ask(*[site.articles()[number] for number in (3, 4)])
    assert [answer.reason for answer in answers] == ["robots", None]


@pytest.mark.parametrize("text", ["<html><body>Not here</body></html>", "\ufeff\0\1\2", "Allow"])
def test_what_is_no_robots_txt_forbids_nothing(site: Site, text: str) -> None:
    site.robots(text)
    assert ask(site.articles()[1])[0].reason is None


@pytest.mark.parametrize(
    ("text", "pause"),
    [("Crawl-delay: 7", 7), ("Request-rate: 1/9", 9), ("Crawl-delay: 86400", 60),
     ("Crawl-delay: inf", 0), ("Crawl-delay: nan", 0), ("Crawl-delay: -5", 0)],
)  # fmt: skip
def test_the_pause_that_it_asks_for_is_kept(
    site: Site, simulated: Simulated, text: str, pause: float
) -> None:
    site.robots(f"User-agent: *\n{text}\n")
    pages = site.articles()
    assert {a.reason for a in ask(*[pages[number] for number in (1, 2, 3)])} == {None}
    assert simulated.passed == pytest.approx(3 * pause)
