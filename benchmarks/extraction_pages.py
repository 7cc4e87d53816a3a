"""Real pages with what is on them, and the programs that read them.

The data is a folder a country with PUBLISHER.json and PUBLISHER_DATE.html: the JSON has one
article a page, keyed by the version of the publisher's parser, in the order of the pages' dates.
"""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.extraction_measures import Answer, utc
from newsloom import clock
from newsloom.errors import InputError
from newsloom.extract.htmltext import html_string
from newsloom.extract.page import from_html

FOLDER = "extraction"
NOTHING = Answer("", "", None, ())


class Page(NamedTuple):
    """A page of the data."""

    publisher: str
    name: str
    content: bytes
    gold: Answer
    has_authors: bool


def load(data: Path) -> list[Page]:
    """Return the pages below DATA/extraction, [] where there are none."""
    return [page for file in sorted(data.glob(f"{FOLDER}/*/*.json")) for page in _pages(file)]


def _pages(file: Path) -> Iterator[Page]:
    articles: dict[str, Any] = json.loads(file.read_text("utf-8"))
    pages = sorted(file.parent.glob(f"{file.stem}_[0-9]*.html"))
    if len(pages) != len(articles):
        raise ValueError(f"{file} describes {len(articles)} pages, but there are {len(pages)}.")
    for page, version in zip(pages, sorted(articles), strict=True):
        article = articles[version]
        yield Page(
            publisher=f"{file.parent.name}/{file.stem}",
            name=f"{file.parent.name}/{page.stem}",
            content=page.read_bytes(),
            gold=_gold(article),
            has_authors="authors" in article,
        )


def _gold(article: dict[str, Any]) -> Answer:
    """Return the truth: the text is the summary, then headings and paragraphs in their order."""
    lines = list(article["body"]["summary"])
    for section in article["body"]["sections"]:
        lines += [*section["headline"], *section["paragraphs"]]
    date = datetime.fromisoformat(article["publishing_date"])
    return Answer("\n".join(lines), article["title"], utc(date), article.get("authors", []))


def newsloom(content: bytes) -> Answer:
    """Read a page as Newsloom does."""
    try:
        row = from_html(html_string(content)).columns(clock.now())
    except InputError:
        return NOTHING
    return Answer(row["text"], row["title"], row.get("published_at"), row["authors"])


def trafilatura(content: bytes) -> Answer:
    """Read a page as plain trafilatura does, with its defaults."""
    return _trafilatura(content, fast=False)


def trafilatura_fast(content: bytes) -> Answer:
    """Read a page as plain trafilatura does without its backup extraction."""
    return _trafilatura(content, fast=True)


def _trafilatura(content: bytes, *, fast: bool) -> Answer:
    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    found: Any = bare_extraction(content, with_metadata=True, fast=fast, include_comments=False)
    if found is None:
        return NOTHING
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    date = datetime.fromisoformat(found.date) if found.date else None
    return Answer(found.text or "", found.title or "", date, authors)


Reader = Callable[[bytes], Answer]
READERS: dict[str, Reader] = {
    "newsloom": newsloom,
    "trafilatura": trafilatura,
    "trafilatura, fast": trafilatura_fast,
}
