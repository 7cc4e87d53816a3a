"""Pages in whole runs: of those read before only changes are asked for, and believed with care.

One warehouse over nine days; each host of the site has its own manners.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from clocks import START, Simulated
from support import InlinePool, query, statuses, write_jsonl
from website import Site, running

from flows.ingest import ingest
from newsloom import clock
from newsloom.settings import FetchSettings, IngestSettings, Settings

SETTINGS = Settings(
    ingest=IngestSettings(workers=1),
    fetch=FetchSettings(
        per_host_delay_seconds=0.0,
        retry_delay_seconds=0.0,
        trust_validators_days=7.0,
        allow_addresses=("127.0.0.0/8",),
    ),
)
PLAIN, FOREVER, IGNORED, NEW, NONE, FAILING, STRICT = range(7)


class Run(NamedTuple):
    """What one run came to: its items by locator, what it asked for, and the pages it read."""

    statuses: dict[str, int]
    items: dict[str, dict[str, Any]]
    asked: dict[str, dict[str, str]]
    read: list[str]


class Days(NamedTuple):
    """The runs in order, the site, and the warehouse."""

    runs: dict[str, Run]
    site: Site
    folder: Path
    rows: str


class NotingPool(InlinePool):
    """Notes the pages that are read, not only fetched."""

    read: list[str]

    def submit(self, function: str, *args: Any, **options: object) -> Any:
        if function == "newsloom.prepare:prepare":
            self.read.extend(args[0]["locator"].to_pylist())
        return super().submit(function, *args, **options)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    place = tmp_path_factory.mktemp("days")
    folder, rows = place / "data", place / "rows.jsonl"
    time = Simulated()
    runs: dict[str, Run] = {}
    with (
        running(hosts=7, articles=6) as site,
        clock.set_to(time),
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr("flows.run.Pool", NotingPool)

        def take(name: str, *inputs: str) -> None:
            patched.setattr(NotingPool, "read", [], raising=False)
            since = len(site.log())
            report = ingest(list(inputs), folder, SETTINGS)
            events = query(folder, f"FROM facts.item_events WHERE run_id = '{report.run_id}'")
            asked = {f"http://{e['headers']['host']}{e['path']}": e["headers"]
                     for e in site.log(since)}  # fmt: skip
            items = {event["locator"]: event for event in events}
            runs[name] = Run(statuses(folder, report.run_id), items, asked, NotingPool.read)

        _go(site, time, rows, take)
        yield Days(runs, site, folder, f"{rows}#1")


def _go(site: Site, time: Simulated, rows: Path, take: Any) -> None:
    for host, mode in ((FOREVER, "forever"), (IGNORED, "ignored"), (NEW, "new"), (NONE, "none")):
        site.mode(host, validators=mode)
    site.robots("User-agent: *\nDisallow: /news/2\n", host=STRICT)
    row = {"url": site.articles()[5], "title": "The first headline", "id": "7"}
    strict = [*list(site.articles(STRICT).values())[:2], _limited(site)]
    pages = [site.articles()[number] for number in (1, 2, 3)]
    pages += [site.articles(host)[1] for host in range(FOREVER, STRICT)]
    pages += [site.url("/moved/4"), f"{_to_gone(site)}", str(write_jsonl(rows, [row]))]
    take("first", *pages, *strict)
    time.forward(minutes=9)
    take("soon", *strict)
    time.forward(days=1)
    site.edit(2, "words")
    site.edit(3, "frame")
    site.edit(1, "words", host=FOREVER)
    site.mode(FAILING, page_status="404")
    take("next", *pages, *strict)
    time.forward(days=3)
    site.mode(FAILING, page_status="", validators="forever")
    write_jsonl(rows, [row | {"title": "Quite another headline"}])
    take("later", *pages)
    time.forward(days=5)
    take("last", *pages)


def _limited(site: Site) -> str:
    return site.url("/fault/limited?after=600&times=1", STRICT)


def _to_gone(site: Site) -> str:
    return site.url(f"/fault/to?at={site.url('/fault/410')}")


def test_a_page_that_has_not_changed_is_neither_sent_nor_read(days: Days) -> None:
    page = days.site.articles()[1]
    first, then = days.runs["first"].items[page], days.runs["next"].items[page]
    assert (first["status"], first["http_status"]) == ("new", 200)
    assert (then["status"], then["http_status"]) == ("unchanged", 304)
    sent = days.runs["next"].asked[page]
    assert sent["if-none-match"] == first["etag"]
    assert sent["if-modified-since"] == first["last_modified"]
    for name in ("content_hash", "etag", "last_modified", "article_id", "revision", "final_url"):
        assert then[name] == first[name]
    assert page not in days.runs["next"].read


def test_a_page_that_has_changed_is_a_revision(days: Days) -> None:
    changed = days.runs["next"].items[days.site.articles()[2]]
    before = days.runs["first"].items[days.site.articles()[2]]
    assert (changed["status"], changed["http_status"], changed["revision"]) == ("revised", 200, 2)
    assert changed["etag"] != before["etag"]
    frame = days.runs["next"].items[days.site.articles()[3]]
    assert (frame["status"], frame["http_status"]) == ("unchanged", 200)


def test_a_server_that_always_says_unchanged_is_found_out(days: Days) -> None:
    page = days.site.articles(FOREVER)[1]
    course = [(run.items[page]["status"], run.items[page]["http_status"])
              for name, run in days.runs.items() if name != "soon"]  # fmt: skip
    assert course == [("new", 200), ("unchanged", 304), ("unchanged", 304), ("revised", 200)]
    assert "if-none-match" not in days.runs["last"].asked[page]


@pytest.mark.parametrize("host", [IGNORED, NEW, NONE])
def test_the_same_bytes_are_not_read_again(days: Days, host: int) -> None:
    page = days.site.articles(host)[1]
    assert page in days.runs["first"].read
    for name in ("next", "later", "last"):
        item = days.runs[name].items[page]
        assert (item["status"], item["http_status"]) == ("unchanged", 200)
        assert page not in days.runs[name].read


def test_after_a_failure_a_page_is_asked_for_in_full(days: Days) -> None:
    page = days.site.articles(FAILING)[1]
    failed = days.runs["next"].items[page]
    assert (failed["reason"], failed["http_status"]) == ("http_gone", 404)
    assert (failed["etag"], failed["content_hash"]) == (None, None)
    assert failed["fetched_at"] > START
    assert "if-none-match" in days.runs["next"].asked[page]
    assert "if-none-match" not in days.runs["later"].asked[page]
    again = days.runs["later"].items[page]
    assert (again["status"], again["http_status"]) == ("unchanged", 200)
    assert days.runs["last"].items[page]["http_status"] == 304


def test_a_row_that_says_something_new_gets_its_page_in_full(days: Days) -> None:
    course = [days.runs[name].items[days.rows] for name in ("first", "next", "later", "last")]
    assert [item["status"] for item in course] == ["new", "unchanged", "revised", "unchanged"]
    assert [item["http_status"] for item in course] == [200, 304, 200, 304]


def test_a_redirected_page_is_known_where_it_ended(days: Days) -> None:
    page = days.site.url("/moved/4")
    first, then = days.runs["first"].items[page], days.runs["next"].items[page]
    assert (first["final_url"], first["redirects"]) == (days.site.articles()[4], [page])
    assert (then["status"], then["http_status"], then["redirects"]) == ("unchanged", 304, [page])
    assert "if-none-match" not in days.runs["next"].asked[page]
    assert "if-none-match" in days.runs["next"].asked[days.site.articles()[4]]


def test_a_failure_tells_how_far_it_came(days: Days) -> None:
    (item,) = query(
        days.folder,
        "SELECT DISTINCT reason, http_status, final_url, redirects FROM items "
        f"WHERE locator = '{_to_gone(days.site)}'",
    )
    assert (item["reason"], item["http_status"]) == ("http_gone", 410)
    assert item["final_url"] == days.site.url("/fault/410")
    assert item["redirects"] == [_to_gone(days.site)]


def test_what_hosts_ask_for_is_kept_between_runs(days: Days) -> None:
    allowed, forbidden = list(days.site.articles(STRICT).values())[:2]
    limited, robots = _limited(days.site), days.site.url("/robots.txt", STRICT)
    for name in ("first", "soon"):
        reasons = [days.runs[name].items[page]["reason"] for page in (forbidden, limited)]
        assert reasons == ["robots", "rate_limited"]
    assert {robots, limited} <= set(days.runs["first"].asked)
    # Nine minutes later the host still rests, and what it said of robots still holds.
    assert days.runs["soon"].asked == {}
    assert days.runs["soon"].items[allowed]["reason"] == "rate_limited"
    assert {robots, limited, allowed} <= set(days.runs["next"].asked)
    assert days.runs["next"].items[limited]["status"] == "new"
    assert forbidden not in {url for run in days.runs.values() for url in run.asked}


def test_robots_txt_files_and_pauses_are_facts(days: Days) -> None:
    name = days.site.name(STRICT)
    rows = query(days.folder, f"FROM facts.hosts WHERE host = '{name}' ORDER BY commit_id")
    assert {row["robots"] for row in rows} == {"User-agent: *\nDisallow: /news/2\n"}
    assert rows[0]["ready_at"] > START
    assert len(rows) == 2


def test_every_page_is_stored_once(days: Days) -> None:
    (row,) = query(days.folder, "SELECT count(*) AS n, count(DISTINCT text) AS t FROM articles")
    new = sum(run.statuses.get("new", 0) for run in days.runs.values())
    assert row["n"] == row["t"] == new
    assert not query(days.folder, "FROM duplicates")
