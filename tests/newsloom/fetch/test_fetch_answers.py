"""Single addresses: validators, redirects, and what stands in an answer."""

import dataclasses

import pytest
from clocks import START, Simulated
from fetch_helpers import ask, fetch_addresses, paths, settings
from website import Site

from newsloom.fetch import Answer, Hosts, Request


def one(request: Request, **changes: object) -> Answer:
    (answer,) = fetch_addresses([request], settings(**changes), Hosts())
    return answer


@pytest.mark.parametrize(
    ("path", "content_type"),
    [("/feed.rss", "application/rss+xml; charset=utf-8"), ("/feed.json", "application/feed+json"),
     ("/feed.atom", "application/atom+xml; charset=utf-8"), ("/sitemap.xml", "application/xml"),
     ("/sitemap-1.xml.gz", "application/gzip"), ("/feeds.opml", "text/x-opml"),
     ("/", "text/html; charset=utf-8")],
)  # fmt: skip
def test_lists_of_every_kind_arrive(site: Site, path: str, content_type: str) -> None:
    answer = one(Request(site.url(path), listing=True))
    assert (answer.reason, answer.status, answer.redirects) == (None, 200, [])
    assert (answer.url, answer.final_url) == (site.url(path), site.url(path))
    assert answer.content_type == content_type
    assert answer.content


def test_a_listing_may_be_larger_than_a_page(site: Site) -> None:
    url = site.url("/fault/huge?bytes=300000")
    limits = {"max_page_bytes": 200_000, "max_listing_bytes": 400_000}
    assert one(Request(url), **limits).reason == "too_large"
    assert one(Request(url, listing=True), **limits).reason is None
    answer = one(Request(url, listing=True), max_listing_bytes=100_000)
    assert "fetch.max_listing_bytes" in (answer.detail or "")


def test_what_has_not_changed_is_not_sent_again(site: Site, simulated: Simulated) -> None:
    url = site.url("/feed.rss")
    first = one(Request(url, listing=True))
    assert first.etag
    again = one(Request(url, first.etag, first.last_modified, listing=True))
    assert (again.status, again.reason, again.content) == (304, None, None)
    assert again.unchanged
    assert (again.etag, again.last_modified) == (first.etag, first.last_modified)
    assert again.fetched_at == START
    site.publish()
    changed = one(Request(url, first.etag, listing=True))
    assert changed.status == 200
    assert not changed.unchanged
    assert changed.etag not in (None, first.etag)


def test_a_page_names_both_its_validators(site: Site) -> None:
    first = one(Request(site.articles()[1]))
    assert first.etag
    assert first.last_modified == "Mon, 02 Mar 2026 05:48:00 GMT"
    headers = site.log()[-1]["headers"]
    assert "if-none-match" not in headers
    assert one(Request(site.articles()[1], first.etag, first.last_modified)).status == 304
    headers = site.log()[-1]["headers"]
    assert (headers["if-none-match"], headers["if-modified-since"]) == (
        first.etag,
        first.last_modified,
    )


def test_validators_go_to_the_address_that_gave_them_only(site: Site) -> None:
    moved, page = site.url("/moved/1"), site.articles()[1]
    first = one(Request(moved))
    assert (first.final_url, first.redirects) == (page, [moved])
    again = one(Request(moved, first.etag, final_url=first.final_url))
    assert (again.status, again.final_url, again.redirects) == (304, page, [moved])
    with_it = [e["path"] for e in site.log() if "if-none-match" in e["headers"]
               and e["host"] == site.hosts[0]]  # fmt: skip
    assert [site.url(path) for path in with_it] == [page]


def test_304_to_a_plain_question_is_an_error(site: Site) -> None:
    answer = one(Request(site.url("/fault/304-unasked")))
    assert (answer.reason, answer.status) == ("http_error", 304)
    assert "not asked for changes" in (answer.detail or "")
    url = site.url(f"/fault/to?at={site.url('/fault/304-unasked')}")
    assert one(Request(url, '"x"', final_url=url)).reason == "http_error"


def test_a_failure_gives_no_validators_and_tells_the_way(site: Site) -> None:
    site.mode(page_status="500")
    moved = site.url("/moved/1")
    answer = one(Request(moved, '"old"'))
    assert (answer.reason, answer.status, answer.content) == ("http_error", 500, None)
    assert (answer.etag, answer.last_modified) == (None, None)
    assert (answer.redirects, answer.final_url) == ([moved], site.articles()[1])


def test_redirects_are_told_in_order(site: Site) -> None:
    last = site.articles()[2]
    middle = site.url(f"/fault/to?at={last}&status=307")
    first = site.url(f"/fault/to?status=301&at={middle.replace('&', '%26')}")
    answer = one(Request(first))
    assert (answer.redirects, answer.final_url) == ([first, middle], last)


def test_answers_come_in_the_order_of_the_requests(site: Site) -> None:
    urls = [*site.articles().values(), site.url("/fault/404"), "nonsense"]
    answers = ask(*urls)
    assert [answer.url for answer in answers] == urls
    assert [answer.reason for answer in answers[-2:]] == ["http_gone", "bad_url"]


def test_a_defect_costs_one_page_only(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from newsloom.fetch import session

    real = session.page_type

    def broken(content: bytes, declared: str) -> str:
        if b"Update 1" in content:
            raise RuntimeError("a defect")
        return real(content, declared)

    monkeypatch.setattr(session, "page_type", broken)
    site.edit(2)
    pages = site.articles()
    assert [a.reason for a in ask(pages[1], pages[2], pages[3])] == [None, "internal", None]


def test_a_request_says_whether_it_is_conditional() -> None:
    assert not Request("http://a.example/").conditional
    assert Request("http://a.example/", last_modified="x").conditional


def test_settings_are_not_changed_by_fetching(site: Site) -> None:
    before = settings()
    fetch_addresses([Request(site.articles()[1])], before, Hosts())
    assert dataclasses.asdict(before) == dataclasses.asdict(settings())
    assert paths(site)[0] == "/robots.txt"
