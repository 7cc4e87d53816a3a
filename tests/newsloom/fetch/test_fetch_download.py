"""Files of any size come through a temporary file."""

import pytest
from clocks import Simulated
from fetch_helpers import paths, settings
from website import Site

from newsloom.errors import InputError
from newsloom.fetch import Hosts, download


def reason(url: str, **changes: object) -> str:
    with pytest.raises(InputError) as caught, download(url, settings(**changes), Hosts()):
        pass
    return str(caught.value.reason)


def test_a_file_arrives_whole(site: Site) -> None:
    for _ in range(2):
        with download(site.url("/fault/file?bytes=2560000"), settings()) as file:
            assert (file.size, file.content_type) == (2_560_000, "application/x-data")
            assert file.final_url == site.url("/fault/file?bytes=2560000")
            assert file.stream.read(3) == b"\0\1\2"
            file.stream.seek(-1, 2)
            assert file.stream.read() == b"\xff"


def test_redirects_and_packing_are_seen_through(site: Site) -> None:
    with download(site.url(f"/fault/to?at={site.url('/sitemap-1.xml.gz')}"), settings()) as file:
        assert file.final_url == site.url("/sitemap-1.xml.gz")
        assert file.stream.read(2) == b"\x1f\x8b"
    with download(site.url("/fault/as?as=gzip"), settings()) as file:
        assert file.stream.read().startswith(b"<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("path", "expected"),
    [("huge?bytes=500000", "too_large"), ("huge?bytes=500000&unsaid", "too_large"),
     ("bomb?bytes=9000000", "too_large"), ("404", "http_gone"), ("cut", "fetch_failed"),
     ("drip", "fetch_timeout"), ("limited?after=99", "rate_limited")],
)  # fmt: skip
def test_what_goes_wrong_has_its_reason(site: Site, path: str, expected: str) -> None:
    bounds = {"max_file_bytes": 400_000, "total_timeout_seconds": 0.5}
    assert reason(site.url(f"/fault/{path}"), **bounds) == expected


def test_a_file_may_take_longer_than_a_page_as_long_as_it_comes(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.url("/fault/trickle?bytes=100000&every=0.15")
    with download(url, settings(total_timeout_seconds=0.5)) as file:
        assert file.size == 100_000
    monkeypatch.setattr("newsloom.fetch.files.MIN_BYTES_PER_SECOND", 1e9)
    assert reason(url, total_timeout_seconds=0.5) == "fetch_timeout"


@pytest.mark.usefixtures("simulated")
def test_it_is_as_polite_as_for_a_page(site: Site) -> None:
    site.robots("User-agent: *\nDisallow: /fault/")
    assert reason(site.url("/fault/file")) == "robots"
    assert paths(site) == ["/robots.txt"]


def test_the_pause_of_a_host_is_kept(site: Site, simulated: Simulated) -> None:
    with download(site.url("/fault/file"), settings(per_host_delay_seconds=4.0)) as file:
        assert file.size
    assert simulated.passed == 4.0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:7f00:1]"])
def test_no_file_comes_from_inside(site: Site, host: str) -> None:
    before = len(site.log())
    url = f"http://{host}:{site.port}/fault/file"
    assert reason(url, allow_addresses=()) in ("blocked_address", "fetch_failed")
    assert len(site.log()) == before
