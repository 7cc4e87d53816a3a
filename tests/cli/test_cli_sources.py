"""newsloom sources and newsloom poll, against a real site."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from clicalls import Called, call
from website import Site, running

from newsloom.sources import load

OPML = """<opml version="2.0"><body><outline text="Papers">
<outline text="Gazette" type="rss" xmlUrl="https://example.org/feed.xml"/>
<outline text="Gazette" type="rss" xmlUrl="https://example.net/feed.xml"/>
<outline text="Broken" xmlUrl="ftp://example.org/x"/></outline></body></opml>"""
Command = Callable[..., Called]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running(hosts=2, articles=4) as site:
        yield site


@pytest.fixture
def newsloom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inline: None) -> Command:
    monkeypatch.chdir(tmp_path)
    site = {
        "NEWSLOOM_FETCH_ALLOW_ADDRESSES": "127.0.0.0/8",
        "NEWSLOOM_FETCH_PER_HOST_DELAY_SECONDS": "0",
    }
    return lambda *arguments: call(*arguments, columns=110, **site)


def test_a_site_is_found_shown_and_listed(newsloom: Command, site: Site, tmp_path: Path) -> None:
    shown = newsloom("sources", "add", site.url("/"), "--tag", "local", "--language", "en")
    assert shown.code == 0
    assert "4 of 4 would be taken up" in shown.out
    assert "headline" in shown.out
    (source,) = load(tmp_path / "newsloom.toml")
    assert source.address == site.url("/feed.rss")
    assert (source.kind, source.tags, source.language) == ("feed", ("local",), "en")


def test_a_dry_run_lists_nothing(newsloom: Command, site: Site, tmp_path: Path) -> None:
    assert newsloom("sources", "add", site.url("/"), "--dry-run").code == 0
    assert load(tmp_path / "newsloom.toml") == []


def test_what_is_no_source_says_what_to_do(newsloom: Command, site: Site) -> None:
    for address in (site.url("/no-such-page"), "ftp://example.org/", "http://169.254.169.254/"):
        failed = newsloom("sources", "add", address)
        assert failed.code == 2
        assert "Traceback" not in failed.err
        assert len(failed.err.strip().splitlines()) >= 1
    nameless = newsloom("sources", "add", site.url("/"), "--name", "")
    assert nameless.code == 2
    assert "name" in nameless.err


def test_polling_takes_up_what_is_new_and_then_rests(newsloom: Command, site: Site) -> None:
    newsloom("sources", "add", site.url("/", host=1), "--name", "Courier")
    first = json.loads(newsloom("poll", "--json").out)
    assert first["statuses"] == {"new": 4}
    (look,) = first["polls"]
    assert (look["source"], look["outcome"], look["entries_new"]) == ("Courier", "read", 4)
    assert json.loads(newsloom("poll", "--json").out)["run_id"] == ""
    assert "None of 1 sources is due" in newsloom("poll").out
    site.publish(1, host=1)
    assert json.loads(newsloom("poll", "Courier", "--json").out)["statuses"] == {"new": 1}
    (row,) = json.loads(newsloom("sources", "list", "--json").out)
    assert (row["source"], row["failures"], row["new_7d"]) == ("Courier", 0, 5)
    (traced,) = json.loads(newsloom("trace", _one_url(newsloom), "--json").out)["items"]
    assert traced["via"] == site.url("/feed.rss", host=1)


def _one_url(newsloom: Command) -> str:
    rows: list[dict[str, Any]] = json.loads(
        newsloom("sql", "--json", "SELECT url FROM articles LIMIT 1").out
    )
    url: str = rows[0]["url"]
    return url


def test_a_paused_source_is_left_alone_until_resumed(newsloom: Command, site: Site) -> None:
    newsloom("sources", "add", site.url("/"), "--name", "Courier")
    assert newsloom("sources", "pause", "Courier").code == 0
    assert "is due" in newsloom("poll").out
    assert newsloom("sources", "resume", "Courier").code == 0
    assert newsloom("sources", "pause", "Currier").code == 2


def test_a_failing_source_is_named_with_its_reason(newsloom: Command, site: Site) -> None:
    toml = f'[[sources]]\nname = "Gone"\naddress = "{site.url("/no-such-feed")}"\n'
    Path("newsloom.toml").write_text(toml, "utf-8")
    polled = newsloom("poll")
    assert polled.code == 1
    assert "http_gone" in polled.out
    listed = newsloom("sources", "list")
    assert "failing (1)" in listed.out
    assert "404" in listed.out


def test_opml_is_imported_once(newsloom: Command, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(OPML, "utf-8")
    assert "2 added, 0 listed already" in newsloom("sources", "import", str(file)).out
    assert [source.name for source in load()] == ["Gazette", "Gazette 2"]
    assert load()[0].tags == ("Papers",)
    assert "0 added, 2 listed already" in newsloom("sources", "import", str(file)).out
    file.write_text("<html></html>", "utf-8")
    assert newsloom("sources", "import", str(file)).code == 2


def test_odd_feeds_of_an_opml_do_not_keep_out_the_others(newsloom: Command, tmp_path: Path) -> None:
    feeds = {"Zei\u00ad\u200btung": "https://z.example/feed", "\u05d9\u05d3\u200f": "https://h.example/f",
             "Persian \u0645\u06cc\u200c\u0634": "https://p.example/f",
             "Private": "https://ann:secret@x.example/feed", "Old": "gopher://x.example/",
             "Good": "https://good.example/feed"}  # fmt: skip
    outlines = "".join(f'<outline text="{n}" xmlUrl="{at}"/>' for n, at in feeds.items())
    file = tmp_path / "feeds.opml"
    file.write_text(f"<opml version='2.0'><body>{outlines}</body></opml>", "utf-8")
    out = newsloom("sources", "import", str(file)).out
    assert "4 added, 0 listed already, 2 refused" in out
    assert "Private" in out
    assert "password" in out
    assert "secret" not in out
    names = [source.name for source in load()]
    assert names == ["Zeitung", "\u05d9\u05d3", "Persian \u0645\u06cc\u200c\u0634", "Good"]
    told = json.loads(newsloom("sources", "import", str(file), "--json").out)
    assert (told["added"], told["known"]) == ([], 4)
    assert [row["name"] for row in told["refused"]] == ["Private", "Old"]


def test_mistakes_in_the_settings_are_named(newsloom: Command, tmp_path: Path) -> None:
    (tmp_path / "newsloom.toml").write_text('[[sources]]\nname = "A"\nkind = "radio"\n', "utf-8")
    for command in (("poll",), ("sources", "list")):
        failed = newsloom(*command)
        assert failed.code == 2
        assert "source 1" in failed.err
