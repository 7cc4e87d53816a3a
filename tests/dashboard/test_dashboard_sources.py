"""The pages of sources: the worst first, and each with what is known of it."""

from datetime import timedelta
from urllib.parse import quote

import faults
import pytest
from pages_helpers import Pages, links

from benchmarks.history import present
from dashboard.pages.reject import readable
from dashboard.show import shell


@pytest.fixture(scope="module")
def names(pages: Pages) -> dict[str, str]:
    """The made-up sources by what is the matter with them."""
    rows = pages.ask().snapshot.rows("SELECT source FROM facts.live_sources")
    made = [row["source"] for row in rows if row["source"].endswith(".example")]
    states = {row["source"]: row["states"] for row in pages.rows("sources")}
    return {state: name for name in made for state in states[name]} | {
        "well": next(name for name in sorted(made) if not states[name])
    }


def test_the_worst_come_first_and_say_why(pages: Pages, names: dict[str, str]) -> None:
    rows = pages.proven("sources")
    unwell = {names["failing"], names["silent"], *faults.NAMES}  # of these nothing was ever used
    assert {row["source"] for row in rows[:6]} == unwell
    assert [row["status"] for row in rows[:7]] == 6 * ["warn"] + ["ok"]
    assert (
        "none of its" in next(row for row in rows if row["source"] == faults.SCRIPT)["why"].lower()
    )
    by_name = {row["source"]: row for row in rows}
    failing, silent = by_name[names["failing"]], by_name[names["silent"]]
    assert failing["failures"] == 6
    assert failing["error"] == "http_error"
    assert "6 looks failed (http_error). 503" in failing["why"]
    assert "Nothing new for" in silent["why"]
    assert (silent["new_24h"], silent["new_7d"]) == (0, 0)
    assert by_name[names["paused"]]["why"] == "Paused: it is not looked at."
    html = pages.get("/sources")
    assert html.index(names["silent"]) < html.index(names["well"])
    assert html.count('<svg class="spark"') >= 6


def test_counts_and_sparkline_are_those_of_the_articles(
    pages: Pages, names: dict[str, str]
) -> None:
    (row,) = pages.rows("sources", q=names["well"])
    assert len(row["days"]) == 28
    until = present().replace(minute=0, second=0, microsecond=0)
    counted = pages.ask().snapshot.rows(
        "SELECT count(*) AS n FROM items WHERE source = $source AND status = 'new' "
        "AND date_trunc('hour', seen_at) > $since AND date_trunc('hour', seen_at) <= $until",
        {"source": names["well"], "since": until - timedelta(days=28), "until": until},
    )
    assert sum(row["days"]) == counted[0]["n"] > 20
    assert row["usual_a_day"] == pytest.approx(sum(row["days"]) / 28, rel=0.2)


@pytest.mark.parametrize("state", ["failing", "silent", "paused"])
def test_sources_are_narrowed_down(pages: Pages, names: dict[str, str], state: str) -> None:
    assert [row["source"] for row in pages.rows("sources", only=state)] == [names[state]]
    assert f"<option selected>{state}</option>" in pages.get(f"/sources?only={state}")
    part = names[state][:6].upper()
    assert names[state] in {row["source"] for row in pages.rows("sources", q=part)}
    assert "No source is like this." in pages.get("/sources?q=no+such+name")


@pytest.mark.parametrize("name", faults.NAMES)
def test_a_hostile_name_is_only_a_name(pages: Pages, name: str) -> None:
    assert f"/sources/{quote(name, safe='')}" in links(pages.get("/sources"))
    html = pages.get(f"/sources/{quote(name, safe='')}")
    assert "javascript:" not in "".join(links(html))
    assert pages.proven("source", source=name)[0]["source"] == name
    pages.get(f"/sources?q={quote(name, safe='')}")
    assert pages.client.get("/chart/source_days.svg", params={"source": name}).status_code == 200


def test_a_source_has_its_page(pages: Pages, names: dict[str, str]) -> None:
    html = pages.get(f"/sources/{names['failing']}")
    for said in ("6 in a row since", "newsloom sources test", "newsloom sources pause",
                 "/checks/failing_sources", "by its habits odd from", "Monday"):  # fmt: skip
        assert said in html
    assert "newsloom sources resume" in pages.get(f"/sources/{names['paused']}")
    for name in ("source", "source_days", "source_habits", "source_polls", "source_rejects",
                 "source_languages", "source_articles"):  # fmt: skip
        assert pages.proven(name, source=names["failing"]), name
    polls = pages.proven("source_polls", source=names["failing"])
    assert len(polls) == 50
    assert [row["outcome"] for row in polls[:6]] == ["failed"] * 6
    assert len(pages.proven("source_habits", source=names["failing"])) == 168
    picture = pages.client.get("/chart/source_days.svg", params={"source": names["failing"]})
    assert picture.text.startswith("<svg")


def test_an_unknown_source_is_not_there(pages: Pages) -> None:
    assert "There is no source &#39;nix&#39;" in pages.get("/sources/nix", 404)
    pages.get("/sources/", 404)
    assert pages.client.get("/data/source.csv?source=nix").text == ""


def test_a_name_is_one_word_of_a_command() -> None:
    assert shell("Daily News; rm -rf /") == "'Daily News; rm -rf /'"
    assert shell("a\u202eb'c") == "'ab'\"'\"'c'"


def test_bytes_are_told_from_text() -> None:
    assert readable("Größe".encode()) == "Größe"
    assert readable("Größe".encode("latin-1")) == "Größe"
    assert readable(b"%PDF-1.7\x00\xff") is None
    assert readable(bytes(range(1, 32)) * 9 + b"\xff") is None
    assert readable(b"x" * 19_999 + "ö".encode()[:1]) == "x" * 19_999
