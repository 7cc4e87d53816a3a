"""Which items belong to articles that were removed on request: they stay out, for ever.

An article is recognised by its id, by each of its addresses in whatever spelling, and by its words:
the same page may come back under another id, when its site changes what it calls canonical.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow as pa

from newsloom.extract.spellings import loose
from newsloom.extract.urls import canonical
from newsloom.vocabulary import Kind
from tasks.context import Context
from warehouse import known
from warehouse.groups import one_column
from warehouse.query import Queryable

one_spelling = lru_cache(65_536)(canonical)
"""The canonical form of an address, None for what is none."""
loose_spelling = lru_cache(65_536)(loose)
"""The form that addresses of a page share as far as they can, None for what is none."""


class Removed(NamedTuple):
    """What was removed: articles, and the article of each address, spelt loosely."""

    articles: frozenset[str]
    addresses: dict[str, str]

    def article(self, article_id: str | None, addresses: Iterable[str | None]) -> str | None:
        """Return the removed article that has this id or one of the addresses."""
        if article_id in self.articles:
            return article_id
        spelt = (loose_spelling(address) for address in addresses if address)
        return next((self.addresses[a] for a in spelt if a and a in self.addresses), None)


def load(source: Queryable) -> Removed:
    """Return everything that was removed."""
    rows = known.removed(source)
    spelt = ((loose_spelling(url), article) for article, url in rows if url)
    return Removed(
        frozenset(article for article, _ in rows),
        {address: article for address, article in spelt if address},
    )


def pages(context: Context, items: pa.Table) -> dict[int, str]:
    """Return, by ordinal, the pages that need not even be fetched, with their articles."""
    gone = load(context.lake)
    if not gone.articles:
        return {}
    rows = items.select(["ordinal", "kind", "uri", "final_url"]).to_pylist()
    found = {
        row["ordinal"]: gone.article(None, (row["uri"], row["final_url"]))
        for row in rows
        if row["kind"] == Kind.PAGE
    }
    return {ordinal: article for ordinal, article in found.items() if article}


def found(
    context: Context, items: pa.Table, recognised: Mapping[int, Any], documents: pa.Table
) -> dict[int, str]:
    """Return, by ordinal, the items of removed articles, rejected ones too, with their articles.

    recognised: what `read.recognise` knew. To be called inside the commit.
    """
    gone = load(context.lake)
    if not gone.articles:
        return {}
    names = ["ordinal", "article_id", "url", "canonical_url", "content_id"]
    rows = {row["ordinal"]: row for row in documents.select(names).to_pylist()}
    told = known.removed_contents(context.lake, _contents(rows.values()))
    result = {}
    for item in items.select(["ordinal", "uri", "final_url"]).to_pylist():
        ordinal = item["ordinal"]
        row = rows.get(ordinal, {})
        before = recognised.get(ordinal)
        article_id = before.article_id if before else row.get("article_id")
        places = (item["uri"], item["final_url"], row.get("canonical_url"), row.get("url"))
        if article := gone.article(article_id, places) or told.get(row.get("content_id")):
            result[ordinal] = article
    return result


def _contents(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    return one_column("content_id", {row["content_id"] for row in rows if row["content_id"]})
