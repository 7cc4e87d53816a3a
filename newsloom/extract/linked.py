"""The linked data of a page (JSON-LD of schema.org): what it says of the article on it.

Publishers write it for search engines, so it is often the most careful statement on the page, and
sometimes a wrong one: whoever uses it compares.
"""

import html
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

Tree = Any
"""An lxml.html tree; lxml itself is loaded only where there is HTML."""

MAX_CHARACTERS = 1_000_000
MAX_OBJECTS = 2_000
MAX_AUTHORS = 50
MAX_DEPTH = 4
_ARTICLE = re.compile(r"Article|Posting|Report|Review|LiveBlog", re.IGNORECASE)
_DATED = re.compile(r"Article|Posting|Report|Review|LiveBlog|WebPage", re.IGNORECASE)
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,50}?\*/)|"
                       r"(?:-->|//\s*\]\]>|\]\]>|;)\s*$", re.DOTALL)  # fmt: skip
_TAG = re.compile(r"<[^<>]{1,500}>")
_BREAK = re.compile(r"<(?:/p|br|/h\d|/li|/div)\b[^<>]{0,100}>", re.IGNORECASE)


class Author(NamedTuple):
    """Who wrote it, as linked data says."""

    name: str
    is_person: bool


class Linked:
    """What the objects of a page say; everything is empty where they say nothing."""

    def __init__(self, tree: Tree) -> None:
        found = list(islice(_objects_of(tree), MAX_OBJECTS))
        self._by_id = {o["@id"]: o for o in reversed(found) if isinstance(o.get("@id"), str)}
        dated = [o for o in found if _DATED.search(_types(o))]
        articles = [o for o in found if _ARTICLE.search(_types(o))]
        self._article: dict[str, Any] = _fullest(articles) or {}
        self._dated = [self._article, *dated] if self._article else dated
        self.kinds = {kind for o in found for kind in _types(o).split()}

    @property
    def is_article(self) -> bool:
        """Some object is an article."""
        return bool(self._article)

    @property
    def headlines(self) -> list[str]:
        """The article's headline and name."""
        return [text for key in ("headline", "name") if (text := self.text(key))]

    @property
    def body(self) -> str:
        """The article's text, paragraphs on lines of their own as far as they are told apart."""
        raw = self._article.get("articleBody")
        if not isinstance(raw, str):
            return ""
        raw = html.unescape(raw)
        return html.unescape(_TAG.sub("", _BREAK.sub("\n", raw))) if "<" in raw else raw

    @property
    def authors(self) -> list[Author]:
        """Who wrote the article."""
        found: list[Author] = []
        for key in ("author", "creator"):
            if not found:
                found = list(islice(self._people(self._article.get(key), 0), MAX_AUTHORS))
        return found

    @property
    def is_free(self) -> bool | None:
        """Whether everybody may read it; None where nothing is said."""
        said = [_truth(self._article.get("isAccessibleForFree"))]
        parts = self._article.get("hasPart")
        for part in parts[:20] if isinstance(parts, list) else [parts]:
            if isinstance(part, dict):
                said.append(_truth(part.get("isAccessibleForFree")))
        known = [value for value in said if value is not None]
        return all(known) if known else None

    @property
    def publisher(self) -> str:
        """The publisher's name."""
        people = self._people(self._article.get("publisher"), 0)
        return next((author.name for author in people), "")

    def text(self, key: str) -> str:
        """Return a text of the article, "" where there is none."""
        value = self._article.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        return html.unescape(html.unescape(value)).strip() if isinstance(value, str) else ""

    def number(self, key: str) -> int:
        """Return a whole number of the article, 0 where there is none."""
        value = self._article.get(key)
        return value if isinstance(value, int) and 0 < value < 10**9 else 0

    def dates(self, key: str) -> Iterator[str]:
        """Yield a date of the article, then that of other objects that may stand for it."""
        for entry in self._dated:
            if isinstance(date := entry.get(key), str):
                yield date

    def _people(self, value: Any, depth: int) -> Iterator[Author]:
        if depth > MAX_DEPTH:
            return
        if isinstance(value, str):
            yield Author(html.unescape(value).strip(), True)
        elif isinstance(value, list):
            for entry in value[:MAX_AUTHORS]:
                yield from self._people(entry, depth + 1)
        elif isinstance(value, dict):
            known = value if value.get("name") else self._by_id.get(str(value.get("@id")), {})
            names = known.get("name")
            for name in names if isinstance(names, list) else [names]:
                if isinstance(name, str) and name.strip():
                    yield Author(html.unescape(name).strip(), "Organization" not in _types(known))


def _objects_of(tree: Tree) -> Iterator[dict[str, Any]]:
    for script in tree.iterfind(".//script[@type]"):
        if "ld+json" in script.get("type", "").lower():
            yield from objects(parsed(script.text or ""))


def parsed(text: str) -> Any:
    """Return the value of a JSON text, None for what is no JSON or too long."""
    if len(text) > MAX_CHARACTERS:
        return None
    for attempt in (text, _WRAPPING.sub("", _WRAPPING.sub("", text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects at the top, in lists, in `@graph` and as what a page is about."""
    if isinstance(value, list):
        for entry in value[:MAX_OBJECTS]:
            yield from objects(entry) if isinstance(entry, dict) else ()
    elif isinstance(value, dict):
        yield value
        yield from objects(value.get("@graph"))
        about = value.get("mainEntity")
        if isinstance(about, dict) and _ARTICLE.search(_types(about)):
            yield about


def _types(entry: dict[str, Any]) -> str:
    kinds = entry.get("@type", "")
    return " ".join(map(str, kinds[:10])) if isinstance(kinds, list) else str(kinds)[:200]


def _fullest(articles: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the first article that has a headline or a text, else the first."""
    told = (a for a in articles if a.get("headline") or a.get("articleBody"))
    return next(told, articles[0] if articles else None)


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    word = str(value).rpartition("/")[2].strip().lower()
    return {"true": True, "false": False}.get(word)
