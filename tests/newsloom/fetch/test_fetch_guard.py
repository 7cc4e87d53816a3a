import socket
from collections.abc import Iterator
from typing import Any

import httpcore
import pytest
from fetch_helpers import Server, get, serving
from website import Site

from newsloom.errors import SettingsError
from newsloom.fetch.guard import allowed, networks


@pytest.fixture(scope="module")
def web() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "100.100.100.200", "0.0.0.0", "224.0.0.1", "239.1.1.1", "240.0.0.1",
        "255.255.255.255", "192.0.2.1", "198.18.0.1", "168.63.129.16",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_inside_are_refused(address: str) -> None:
    assert not allowed(address, [])


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"]
)
def test_public_addresses_pass(address: str) -> None:
    assert allowed(address, [])


def test_the_user_can_except_a_network() -> None:
    assert allowed("10.1.2.3", networks(["10.0.0.0/8"]))
    assert allowed("::ffff:10.1.2.3", networks(["10.0.0.0/8"]))
    assert not allowed("192.168.0.1", networks(["10.0.0.0/8"]))
    assert not allowed("127.0.0.1", networks(["::/0"]))
    with pytest.raises(SettingsError):
        networks(["10.0.0.0/99"])


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]",
             "[::ffff:127.0.0.1]", "0.0.0.0", "①27.0.0.1"],
)  # fmt: skip
def test_no_spelling_of_loopback_is_reached(web: Server, host: str) -> None:
    before = len(web.requests)
    (item,) = get(f"http://{host}:{web.port}/", allow_addresses=())
    assert item["reason"] in ("blocked_address", "fetch_failed", "bad_url")
    assert len(web.requests) == before


def test_a_blocked_address_is_told_with_the_way_out(web: Server) -> None:
    (item,) = web.get("/", allow_addresses=())
    assert item["reason"] == "blocked_address"
    assert "fetch.allow_addresses" in item["detail"]


def test_a_redirect_inside_is_refused(web: Server) -> None:
    before = len(web.requests)
    (item,) = web.get(f"/to/http://127.0.0.2:{web.port}/", allow_addresses=("127.0.0.1/32",))
    assert item["reason"] == "blocked_address"
    assert len(web.requests) == before + 1


def test_a_robots_txt_that_redirects_inside_is_not_followed(site: Site) -> None:
    site.robots("", status=302)
    site.mode(robots_to=site.url("/robots.txt", host=1))
    before = len(site.log())
    (item,) = get(site.articles()[1], allow_addresses=(f"{site.hosts[0]}/32",))
    assert item["reason"] == "robots_unknown"
    new = site.log(before)
    assert {entry["host"] for entry in new} == {site.hosts[0]}
    assert {entry["path"] for entry in new} == {"/robots.txt"}


@pytest.mark.parametrize(
    "address", ["127.2", "0x7f.2", "017700000002", "[::1]", "[::127.0.0.2]", "[64:ff9b::7f00:2]",
                "127.0.0.2.", "0", "169.254.169.254"],
)  # fmt: skip
def test_no_redirect_to_a_spelling_of_it_is_followed(site: Site, address: str) -> None:
    before = len(site.log())
    start = site.url(f"/fault/to?at=http://{address}:{site.port}/")
    (item,) = get(start, allow_addresses=(f"{site.hosts[0]}/32",), connect_timeout_seconds=2.0)
    assert item["reason"] in ("blocked_address", "fetch_failed", "bad_url", "fetch_timeout")
    assert item["redirects"] == [start]
    assert {entry["host"] for entry in site.log(before)} == {site.hosts[0]}


def test_a_name_that_changes_its_mind_is_checked_where_it_connects(
    web: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first answer is public, every later one is not: only the checked one may be used."""
    answers = iter(["8.8.8.8"])
    used: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in ("rebind.example", b"rebind.example"):
            return real(host, *args, **kwargs)
        address = next(answers, "127.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, web.port))]

    async def noted(self: Any, host: str, *args: Any, **kwargs: Any) -> Any:
        used.append(host)  # and no packet leaves the machine
        raise httpcore.ConnectError("refused")

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", noted)
    urls = [f"http://rebind.example:{web.port}/{number}" for number in range(3)]
    items = get(*urls, allow_addresses=(), concurrency=1)
    assert [item["reason"] for item in items] == ["blocked_address"] * 3
    assert used == ["8.8.8.8"]


def test_of_several_addresses_only_allowed_ones_are_used(
    web: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo

    def mixed(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in ("mixed.example", b"mixed.example"):
            return real(host, *args, **kwargs)
        found = ("127.0.0.2", "127.0.0.1")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, web.port)) for name in found]

    monkeypatch.setattr(socket, "getaddrinfo", mixed)
    (item,) = get(f"http://mixed.example:{web.port}/", allow_addresses=("127.0.0.1/32",))
    assert item["reason"] is None


def test_proxies_of_the_environment_are_not_used(
    web: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert web.get("/")[0]["reason"] is None
