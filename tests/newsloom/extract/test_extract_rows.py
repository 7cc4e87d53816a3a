import json
from pathlib import Path
from typing import Any

import pytest
from extract_helpers import extracted

from newsloom.extract.dates import parse_date

PAGE = """<html><head><title>Page title</title>
<link rel="canonical" href="https://www.example.org/dam-fails-above-town">
<meta property="article:published_time" content="2023-08-21T09:00:00Z">
<meta name="author" content="Page Author"></head><body><article><h1>Page title</h1>
<p>The dam above the town gave way on Monday after three days of rain, officials said.</p>
<p>Water filled the lower streets within an hour, and four hundred people left.</p>
</article></body></html>"""


def from_rows(*rows: dict[str, Any], source: str | None = None) -> Any:
    lines = "\n".join(map(json.dumps, rows)).encode()
    return extracted("-", stdin=lines, source=source)


def test_fields_become_columns() -> None:
    (document,) = from_rows(
        {
            "id": 7, "url": "HTTPS://Example.org:443/a?utm_source=x&b=1#c", "title": "Dam  fails",
            "text": "Water rose.\r\n", "date": "2023-08-22T10:00:00+02:00", "source": "Wire",
            "authors": "Ann Lee; Bo Ek", "language": "en-GB",
        }
    )  # fmt: skip
    assert document["external_id"] == "7"
    assert document["canonical_url"] == "https://example.org/a?b=1"
    assert (document["title"], document["text"]) == ("Dam fails", "Water rose.")
    assert document["authors"] == ["Ann Lee", "Bo Ek"]
    assert document["published_at"].isoformat() == "2023-08-22T08:00:00"
    assert (document["published_precision"], document["published_from"]) == ("second", "row")
    assert (document["source"], document["word_count"]) == ("Wire", 2)


def test_the_source_is_the_rows_the_users_the_hosts_or_the_paths() -> None:
    row = {"text": "Water rose."}
    url = {"url": "https://www.example.org/a"}
    assert from_rows(row | {"source": "Wire"}, source="mine")[0]["source"] == "Wire"
    assert from_rows(row | url, source="mine")[0]["source"] == "mine"
    assert from_rows(row | url)[0]["source"] == "example.org"
    assert from_rows(row)[0]["source"] == "stdin"


def test_a_bad_address_or_date_costs_only_itself() -> None:
    (document,) = from_rows({"text": "Water rose.", "url": "nonsense", "date": "soon"})
    assert document["reason"] is None
    assert (document["canonical_url"], document["published_at"]) == (None, None)
    assert (document["published_precision"], document["published_from"]) == (None, None)


def test_the_declared_language_settles_which_number_is_the_month() -> None:
    row = {"text": "Water rose.", "date": "05/06/2023"}
    documents = from_rows(row | {"language": "vi"}, row | {"language": "en"}, row)
    assert [d["published_at"] and d["published_at"].month for d in documents] == [6, None, None]


def test_identity_follows_the_address_else_the_id_else_the_content() -> None:
    text = {"text": "Water rose."}
    a, b = from_rows(text | {"url": "http://e.org/a#x"}, text | {"url": "http://E.org/a?fbclid=1"})
    assert a["article_id"] == b["article_id"]
    a, b, c = from_rows(text | {"id": 1, "source": "x"}, {"id": 1, "source": "x", "text": "New."},
                        text | {"id": 1, "source": "y"})  # fmt: skip
    assert a["article_id"] == b["article_id"] != c["article_id"]
    a, b = from_rows(text, {"text": "Other."})
    assert a["article_id"] != b["article_id"]


def test_html_fills_what_the_fields_leave_open() -> None:
    (document,) = from_rows({"html": PAGE, "title": "Row title", "url": "https://example.org/a"})
    assert document["title"] == "Row title"
    assert document["text"].startswith("The dam above the town")
    assert document["authors"] == ["Page Author"]
    assert document["canonical_url"] == "https://www.example.org/dam-fails-above-town"
    assert document["published_from"] == "page"
    (document,) = from_rows({"html": PAGE, "text": "Row text.", "date": "2023-01-02"})
    assert document["text"] == "Row text."
    assert (document["published_from"], document["published_precision"]) == ("row", "day")


def test_a_fragment_of_html_is_enough() -> None:
    (document,) = from_rows({"html": "<p>The dam above the town gave way on Monday.</p>"})
    assert document["text"] == "The dam above the town gave way on Monday."


def test_a_row_of_invisible_text_has_no_text() -> None:
    assert from_rows({"text": "\u200b\u2060"})[0]["reason"] == "no_text"
    assert from_rows({"html": "<script>x</script>"})[0]["reason"] == "no_text"


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("2023-08-22", "2023-08-22T00:00:00", "day"),
        ("2023-08-22T10:11:12Z", "2023-08-22T10:11:12", "second"),
        ("2023-08-22T10:11:12.123456789+02:00", "2023-08-22T08:11:12.123456", "second"),
        ("2023-08-22 10:11", "2023-08-22T10:11:00", "second"),
        ("2023-08-22 00:00:00", "2023-08-22T00:00:00", "day"),
        ("2023-08-22T00:00:00Z", "2023-08-22T00:00:00", "second"),
        ("1692698400", "2023-08-22T10:00:00", "second"),
        ("1692698400000", "2023-08-22T10:00:00", "second"),
        ("1692698400.25", "2023-08-22T10:00:00", "second"),
        ("Tue, 22 Aug 2023 10:00:00 +0200", "2023-08-22T08:00:00", "second"),
        ("Tue, 22 Aug 2023 10:00:00 EST", "2023-08-22T15:00:00", "second"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01", "second"),
        ("August 22, 2023 at 5:03 pm", "2023-08-22T17:03:00", "second"),
        ("22nd August 2023", "2023-08-22T00:00:00", "day"),
        ("Wednesday, Aug 23, 2023", "2023-08-23T00:00:00", "day"),
        ("20230822", "2023-08-22T00:00:00", "day"),
        ("20230822T101500Z", "2023-08-22T10:15:00", "second"),
        ("22.08.2023", "2023-08-22T00:00:00", "day"),
        ("22/08/2023 20:30", "2023-08-22T20:30:00", "second"),
        ("08/22/2023", "2023-08-22T00:00:00", "day"),
        ("٢٠٢٣-٠٨-٢٢", "2023-08-22T00:00:00", "day"),
    ],
)
def test_dates_are_read(text: str, moment: str, precision: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert (found.at.isoformat(), found.precision) == (moment, precision)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2023", "10",
     "05/06/2023", "2023-13-45", "0001-01-01", "9999-12-31T23:00:00-10:00",
     "31 February 2023", "1" * 5000, "August 2023"],
)  # fmt: skip
def test_what_is_not_surely_a_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_text_only_rows_load_no_html_library(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys, io, pyarrow as pa; from newsloom.discover import Discovery;"
        "from newsloom.extract import extract; from newsloom.fetch import fetch;"
        "import newsloom.language; from newsloom.settings import Settings; s = Settings();"
        "t = pa.concat_tables(Discovery(['-'], s, stdin=io.BytesIO(b'Some text.')));"
        "assert extract(fetch(t, s), s)['reason'].to_pylist() == [None];"
        "heavy = {'trafilatura', 'lxml', 'httpx', 'langdetect', 'markdown_it'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])
