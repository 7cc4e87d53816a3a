"""Dates of articles: where they come from, and which are doubted."""

import datetime
from typing import Any

import pytest
from extract_helpers import extracted, page

from newsloom.extract.dates import in_path

TEXT = "The dam above the town gave way on Monday after three days of rain, officials said. " * 4
WHEN = datetime.datetime(2023, 8, 23, 12, 0)


def fetched(head: str, url: str = "https://news.example.org/dam") -> dict[str, Any]:
    content = f"<html><head><title>Dam fails</title>{head}</head><body><p>{TEXT}</p></body></html>"
    return page(content.encode(), url, fetched_at=WHEN)


def meta(**dates: str) -> str:
    names = {"published": "article:published_time", "updated": "article:modified_time"}
    return "".join(f'<meta property="{names[n]}" content="{d}">' for n, d in dates.items())


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.org/2024/05/03/dam", "2024-05-03"),
        ("https://a.org/news/2024-05-03-dam", "2024-05-03"),
        ("https://a.org/news/20240503/dam.html", "2024-05-03"),
        ("https://a.org/2024/5/3/dam", "2024-05-03"),
        ("https://a.org/2024/13/03/dam", None),
        ("https://a.org/2024/02/31/dam", None),
        ("https://a.org/story-20240503123", None),
        ("https://a.org/dam?on=/2024/05/03/", None),
        ("", None),
    ],
)
def test_days_in_addresses(url: str, day: str | None) -> None:
    moment = in_path(url)
    assert (moment and moment.at.date().isoformat()) == day


def test_the_address_speaks_before_the_clock() -> None:
    document = fetched("", "https://news.example.org/2023/08/22/dam")
    assert document["published_at"] == datetime.datetime(2023, 8, 22)
    assert document["published_precision"] == "day"
    assert document["published_doubt"] is None
    said = fetched(
        meta(published="2023-08-21T09:00:00Z"), "https://news.example.org/2023/08/22/dam"
    )
    assert (said["published_at"].day, said["published_from"]) == (21, "page")
    ahead = fetched("", "https://news.example.org/2093/08/22/dam")
    assert ahead["published_from"] == "fetched"


def test_dates_to_come_and_before_the_web_are_doubted_and_kept() -> None:
    future = fetched(meta(published="2023-08-25T09:00:00Z"))
    assert (future["published_at"].day, future["published_doubt"]) == (25, "future")
    soon = fetched(meta(published="2023-08-24T09:00:00Z"))
    assert (soon["published_at"].day, soon["published_doubt"]) == (24, None)
    (row,) = extracted("-", stdin=b'{"text": "Water rose.", "date": "1987-02-26"}')
    assert (row["published_at"].year, row["published_doubt"]) == (1987, "old")


def test_a_date_without_doubt_is_preferred() -> None:
    head = meta(published="1970-01-01T00:00:00Z") + '<meta name="date" content="2023-08-22">'
    document = fetched(head)
    assert (document["published_at"].day, document["published_doubt"]) == (22, None)


def test_an_update_counts_where_it_is_later() -> None:
    document = fetched(meta(published="2023-08-22T09:00:00Z", updated="2023-08-22T11:30:00Z"))
    assert document["updated_at"] == datetime.datetime(2023, 8, 22, 11, 30)
    assert (document["updated_precision"], document["updated_from"]) == ("second", "page")
    for updated in ("2023-08-22T09:00:00Z", "2023-08-21T09:00:00Z", "2023-09-21T09:00:00Z"):
        same = fetched(meta(published="2023-08-22T09:00:00Z", updated=updated))
        assert (same["updated_at"], same["updated_from"]) == (None, None)


def test_when_a_page_changed_last_is_not_when_it_was_published() -> None:
    document = fetched(meta(updated="2023-08-20T11:30:00Z"))
    assert document["published_from"] == "fetched"
