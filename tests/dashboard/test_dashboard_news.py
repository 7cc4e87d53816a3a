"""The pages on stories, articles, entities, traces and SQL, over news that wants to do harm."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from asking import Browser, asking
from support import InlinePool, query, write_jsonl

from dashboard.words import differences, highlighted, marked
from flows.ingest import ingest
from newsloom.settings import DashboardSettings, IngestSettings, Settings

SETTINGS = Settings(
    ingest=IngestSettings(workers=1), dashboard=DashboardSettings(sql_rows=5, sql_seconds=30.0)
)
SCRIPT = "<script>alert(1)</script>"
STORM = (
    "A storm closed the harbour of Valparaiso on Monday, said Gabriel Boric in Santiago. "
    "The waves were nine metres high and forty boats sank near the pier of Barón. "
) * 3
ROWS = [
    {"id": "storm", "title": "Storm closes Valparaiso", "text": STORM, "source": "Uno",
     "url": "https://uno.example/storm", "date": "2024-03-01T10:00:00Z"},
    {"id": "copy", "title": "Storm closes Valparaiso", "text": STORM, "source": "Dos",
     "url": "https://dos.example/storm", "date": "2024-03-01T12:00:00Z"},
    {"id": "evil", "title": f"{SCRIPT} \u202eevil & <b>bold</b>", "source": f'">{SCRIPT}',
     "text": f"{SCRIPT} Gabriel Boric <img src=x onerror=alert(2)> in Chile. " * 5,
     "url": "javascript:alert(3)", "authors": ["<i>x</i>"]},
    {"id": "long", "title": "W" * 10_000, "text": "Berlin " + "x" * 10_000, "source": "s" * 3000,
     "url": 'https://long.example/"onmouseover=alert(4)/<x>'},
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with a story, a copy, a revision, and hostile words in every place."""
    made = tmp_path_factory.mktemp("news")
    first = write_jsonl(made / "first.jsonl", ROWS)
    revised = {**ROWS[0], "text": STORM.replace("forty boats", f"sixty {SCRIPT} boats")}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.run.Pool", InlinePool)
        ingest([str(first)], made / "data", SETTINGS)
        ingest([str(write_jsonl(made / "second.jsonl", [revised]))], made / "data", SETTINGS)
    return made / "data"


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Browser]:
    with asking(folder, SETTINGS) as browser:
        yield browser


@pytest.fixture(scope="module")
def ids(folder: Path) -> dict[str, str]:
    """The ids of the articles by those that they were given, and of the story and an entity."""
    found = query(folder, "FROM articles")
    named = {row["external_id"]: row["article_id"] for row in found}
    story = next(row["story_id"] for row in found if row["external_id"] == "storm")
    (person,) = query(folder, "SELECT entity_id FROM entities WHERE name = 'Gabriel Boric'")
    return {**named, "story": story, "person": person["entity_id"]}


class Tags(HTMLParser):
    """Collects the tags of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def pages(ids: dict[str, str]) -> list[str]:
    return [
        "/stories?window=28d&least=1", f"/stories/{ids['story']}", f"/stories/{ids['story'][:8]}",
        "/articles", "/articles?q=storm%20closes", f"/articles?q={SCRIPT}",
        *(f"/articles/{ids[name]}" for name in ("storm", "copy", "evil", "long")),
        "/entities", "/entities?q=boric&type=person", f"/entities/{ids['person']}",
        "/trace", f"/trace?q={ids['storm']}", f"/trace?q={ids['evil']}", f"/trace?q={SCRIPT}",
        "/trace?q=https://uno.example/storm", "/sql", "/sql?q=FROM+articles",
        f"/sql?q=SELECT+'{SCRIPT}'+AS+\"{SCRIPT}\"", f"/sql?q={SCRIPT}",
    ]  # fmt: skip


def test_pages_run_nothing_and_lead_nowhere_that_the_news_chose(
    site: Browser, ids: dict[str, str]
) -> None:
    for address in pages(ids):
        answer = site.get(address)
        expected = 400 if address == f"/sql?q={SCRIPT}" else 200  # that is no SQL
        assert answer.status_code == expected, (address, answer.text[:2000])
        assert "\u202e" not in answer.text, address
        for tag, attributes in Tags(answer.text).found:
            assert tag not in ("b", "i", "x", "iframe", "object", "style"), address
            assert not any(name.startswith("on") or name == "style" for name in attributes), address
            if tag == "script":
                assert attributes["src"] == "/static/page.js"
            if tag == "img":
                assert str(attributes["src"]).startswith("/chart/")
            link = attributes.get("href") or "/"
            if not link.startswith(("/", "#", "?")):
                assert link.startswith("https://"), (address, link)
                assert attributes["rel"] == "noopener noreferrer nofollow"


def test_unknown_ids_are_not_found(site: Browser) -> None:
    for address in ("/stories/none", "/articles/none", "/entities/none", f"/stories/{SCRIPT}"):
        answer = site.get(address)
        assert answer.status_code == 404, address
        assert SCRIPT not in answer.text


def test_story_page_tells_articles_copies_and_changes(site: Browser, ids: dict[str, str]) -> None:
    text = site.get(f"/stories/{ids['story']}").text
    assert "Storm closes Valparaiso" in text
    assert "copy" in text
    assert re.search(r"<del>.*forty.*</del>", text)
    assert re.search(r"<ins>.*sixty.*</ins>", text)
    assert f'href="/articles/{ids["storm"]}"' in text
    picture = site.get(f"/chart/story_timeline.svg?story_id={ids['story']}")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert "Uno" in picture.text


def test_article_page_marks_who_is_named(site: Browser, ids: dict[str, str]) -> None:
    text = site.get(f"/articles/{ids['storm']}").text
    assert re.search(
        r'<a class="mention person" href="/entities/[^"]+"[^>]*>Gabriel Boric</a>', text
    )
    assert "https://uno.example/storm" in text
    copied = site.get(f"/articles/{ids['copy']}").text
    assert f'href="/articles/{ids["storm"]}"' in copied


def test_search_finds_headlines_and_texts(site: Browser, ids: dict[str, str]) -> None:
    in_title = site.get("/data/search_titles.json?q=valparaiso%20STORM").json()
    assert {row["article_id"] for row in in_title} == {ids["storm"], ids["copy"]}
    in_text = site.get("/data/search_texts.json?q=sixty%20boats").json()
    assert [row["article_id"] for row in in_text] == [ids["storm"]]
    assert "sixty" in in_text[0]["passage"]
    assert (
        site.get("/data/search_texts.json?q=forty%20boats").json()[0]["article_id"] == ids["copy"]
    )


def test_trace_tells_what_the_command_tells(site: Browser, ids: dict[str, str]) -> None:
    rows = site.get(f"/data/trace_events.json?q={ids['storm']}").json()
    assert [row["event"] for row in rows if row["event"] in ("new", "revised")] == [
        "new",
        "revised",
    ]
    nothing = site.get("/trace?q=/no/such/file")
    assert nothing.status_code == 200
    assert "was ever ingested" in nothing.text


def test_sql_box_answers_refuses_and_gives_data(site: Browser) -> None:
    page = site.get("/sql", params={"q": "SELECT 1 AS a, 2 AS a, i FROM range(9) t(i)"}).text
    assert "There are more: the box gives 5 at most." in page
    data = site.get("/data/sql.csv", params={"q": "SELECT 1 AS a, '=x' AS a"}).text
    assert list(csv.reader(io.StringIO(data))) == [["a", "a_2"], ["1", "'=x"]]
    refused = site.get("/sql", params={"q": "COPY articles TO '/tmp/x'"}).text
    assert "COPY is not done here." in refused
    assert site.get("/data/sql.json", params={"q": "DROP VIEW articles"}).status_code == 400
    assert json.loads(site.get("/data/sql.json", params={"q": "FROM entities"}).text)


def test_figures_give_the_sql_that_ran(site: Browser, folder: Path, ids: dict[str, str]) -> None:
    for address in (f"/stories/{ids['story']}", f"/entities/{ids['person']}", "/articles?q=storm"):
        blocks = re.findall(
            r"<pre[^>]*><code>(.*?)</code></pre>", site.get(address).text, re.DOTALL
        )
        assert blocks
        for block in blocks:
            sql = block.replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">")
            query(folder, sql.replace("&#34;", '"').replace("&amp;", "&"))


def test_pages_ask_for_the_token(folder: Path) -> None:
    settings = Settings(dashboard=DashboardSettings(token="secret"))
    with asking(folder, settings) as browser:
        assert browser.get("/stories").status_code == 401
        assert browser.request("POST", "/sql").status_code == 405


def test_mentions_that_overlap_or_do_not_fit_are_passed_over() -> None:
    def mention(start: int | None, end: int | None) -> dict[str, object]:
        return {"entity_id": "a/b", "name": "<A>", "type": "person", "char_start": start,
                "char_end": end}  # fmt: skip

    places = [(0, 2), (1, 3), (None, None), (3, 3), (4, 900), (3, 4)]
    shown = str(highlighted("AB<&", [mention(*place) for place in places]))
    assert shown.count("<a ") == 2
    assert 'href="/entities/a%2Fb"' in shown
    assert ">AB</a>&lt;<a" in shown
    assert shown.endswith(">&amp;</a>")


def test_differences_are_told_in_words_too() -> None:
    row = {"title": "A", "title_before": "A", "text": "one three\nfour", "text_before": "one two"}
    shown = str(differences(row))
    assert '<del><span class="hidden">removed: </span>two</del>' in shown
    assert "added: " in shown
    assert "The first reading." in differences({**row, "text_before": None})


def test_words_that_only_lost_a_space_are_not_told_as_changed() -> None:
    shown = str(marked([("same", "it is "), ("removed", "in "), ("added", "in\nMore came.")]))
    assert "<del>" not in shown
    assert "More came." in shown
