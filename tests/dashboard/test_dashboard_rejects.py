"""The pages of rejects."""

from urllib.parse import quote

import faults
import pytest
from pages_helpers import Pages, links


def test_reasons_come_with_meaning_and_command(pages: Pages) -> None:
    rows = {row["reason"]: row for row in pages.proven("reject_reasons", window="28d")}
    assert rows["bad_url"]["standing"] == rows["bad_url"]["rejected"] == 63
    assert rows["bad_url"]["sources"] == 4
    # What was fetched later does not stand, but it was rejected.
    assert any(row["standing"] < row["rejected"] for row in rows.values())
    html = pages.get("/rejects?window=28d")
    assert "Only the beginning of an article that is for subscribers." in html
    assert "<code>newsloom replay --reason paywall</code>" in html
    assert "newsloom replay --reason bad_url" not in html


@pytest.mark.parametrize("window", ["24h", "7d", "28d"])
def test_the_trend_has_each_step_of_the_window(pages: Pages, window: str) -> None:
    rows = pages.proven("reject_trend", window=window)
    steps = sorted({row["step"] for row in rows})
    assert len(steps) in {"24h": (24, 25), "7d": (28, 29), "28d": (28, 29)}[window]
    assert len({row["reason"] for row in rows} - {None}) <= 6
    reasons = pages.proven("reject_reasons", window=window)
    assert sum(row["items"] for row in rows) == sum(row["rejected"] for row in reasons)
    assert pages.client.get(f"/chart/reject_trend.svg?window={window}").text.startswith("<svg")


def test_the_examples_of_a_reason_are_paged(pages: Pages) -> None:
    whole = pages.proven("reject_examples", reason="bad_url")
    assert len(whole) == 63
    first, second = pages.get("/rejects/bad_url"), pages.get("/rejects/bad_url?page=2")
    assert "1 to 50 of 63 rejects" in first
    assert "51 to 63 of 63 rejects" in second
    assert f"/rejects/bad_url/{whole[62]['item_id']}" in links(second)
    assert "A replay leaves these alone" in first
    assert "newsloom replay --reason no_text" in pages.get("/rejects/no_text?window=28d")
    assert len(pages.proven("reject_sources", reason="bad_url")) == 4


@pytest.mark.parametrize("source", faults.NAMES)
def test_rejects_are_those_of_one_source_where_it_is_asked_for(pages: Pages, source: str) -> None:
    rows = pages.proven("reject_examples", reason="bad_url", source=source)
    assert {row["source"] for row in rows} == {source}
    pages.get(f"/rejects/bad_url?source={quote(source, safe='')}")


def test_what_was_kept_is_shown_as_text_or_as_its_length(pages: Pages) -> None:
    html = pages.get("/rejects/bad_url/i-hostile-0")
    assert "&lt;script&gt;alert(4)&lt;/script&gt;" in html
    assert "38 of 38 bytes" in html
    assert "/trace?url=javascript%3Aalert%281%29" in links(html)
    assert "19 bytes that are no text" not in html
    html = pages.get("/rejects/bad_url/i-hostile-1")
    assert "bytes that are no text. They begin with <code>25 50 44 46" in html
    assert "Größe" in pages.get("/rejects/bad_url/i-hostile-2")
    html = pages.get("/rejects/bad_url/i-hostile-3")
    assert "100,000 of 100,003 bytes" in html
    assert "Only the first 20,000 bytes are shown." in html
    for at in range(4):
        assert len(pages.proven("reject", reason="bad_url", item=f"i-hostile-{at}")) == 1


def test_what_is_not_there_is_said_to_be_so(pages: Pages) -> None:
    assert "There is no reason &#39;nix&#39;" in pages.get("/rejects/nix", 404)
    assert "None: every item" in pages.get("/rejects/encrypted")
    assert "There is no reject" in pages.get("/rejects/bad_url/nix", 404)
    assert "There is no reject" in pages.get("/rejects/no_text/i-hostile-0", 404)
