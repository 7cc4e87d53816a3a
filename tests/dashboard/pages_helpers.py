"""What the tests of pages ask of each page and each figure."""

import json
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from asking import Browser

from dashboard import create_app, guarded
from dashboard.app import _csv, _plain
from dashboard.figures import FIGURES, Ask
from dashboard.snapshot import Snapshots
from newsloom.settings import Settings
from warehouse.published import Published

MOST_BYTES = 300_000


class Tags(HTMLParser):
    """All start tags of a page with their attributes, and the ids."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attributes}))


@dataclass
class Pages:
    """The dashboard of a folder, to ask."""

    folder: Path
    client: Browser
    snapshots: Snapshots

    def get(self, path: str, status: int = 200) -> str:
        """Return a page, of which nothing that came from outside can do anything."""
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text[:2000]
        assert len(answer.content) < MOST_BYTES
        harmless(answer.text)
        return answer.text

    def ask(self, **parameters: str) -> Ask:
        """Return what figures are asked with."""
        snapshot = self.snapshots.current()
        assert snapshot is not None
        return Ask(snapshot, Settings(), parameters)

    def rows(self, name: str, **parameters: str) -> list[dict[str, Any]]:
        """Return the rows of a figure."""
        return FIGURES[name](self.ask(**parameters)).rows

    def proven(self, name: str, **parameters: str) -> list[dict[str, Any]]:
        """Return the rows of a figure; its downloads have them all, and its SQL gives the same."""
        made = FIGURES[name](self.ask(**parameters))
        whole = self.client.get(f"/data/{name}.json", params=dict(made.query))
        table = self.client.get(f"/data/{name}.csv", params=dict(made.query))
        assert (whole.status_code, table.status_code) == (200, 200), whole.text
        assert whole.json() == json.loads(json.dumps(made.rows, default=_plain))
        assert table.text == _csv(made.rows, [column.key for column in made.columns])
        with Published(self.folder) as news:
            assert _rounded(news.query(made.sql).to_pylist()) == _rounded(made.rows)
        return made.rows


@contextmanager
def opened(folder: Path) -> Iterator[Pages]:
    """Serve a folder to a test client."""
    settings = Settings()
    app = create_app(folder, settings)
    with app.state.snapshots, closing(app.state.box):
        browser = Browser(guarded(app, settings, "127.0.0.1"))
        yield Pages(folder, browser, app.state.snapshots)


def harmless(html: str) -> None:
    """Assert that a page has the dashboard's own script only, and no way to run another."""
    tags = Tags()
    tags.feed(html)
    assert [at.get("src", "") for tag, at in tags.found if tag == "script"] == ["/static/page.js"]
    for _, attributes in tags.found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src", "srcset", "action"):
            assert re.match(r"(https?:/)?/|#|\?|$", attributes.get(name, "")), attributes
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    ids = [at["id"] for _, at in tags.found if "id" in at]
    assert len(ids) == len(set(ids)), "an id is there twice"


def links(html: str) -> list[str]:
    """Return the addresses of all links of a page."""
    tags = Tags()
    tags.feed(html)
    return [at["href"] for tag, at in tags.found if tag == "a" and "href" in at]


def _rounded(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows for comparing: what is counted in seconds may differ by the time of asking."""
    plain = json.dumps(rows, default=lambda v: float(v) if isinstance(v, Decimal) else _plain(v))
    rounded: list[dict[str, Any]] = json.loads(plain, parse_float=lambda f: round(float(f), 2))
    return rounded
