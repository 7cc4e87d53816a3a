"""Entities: who and what an article names, and which of its names mean the same.

    tag(documents) -> mentions     one row a mention, of newsloom.schema.MENTION

English texts go through a statistical tagger; what it sees is cleaned, completed and made
canonical here. In other languages only countries are found, by their names. Importing this costs
nothing: the tagger is loaded by warm(), or by the first English text.
"""

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from newsloom.schema import MENTION

if TYPE_CHECKING:
    from newsloom.entities.articles import Mention

__all__ = ["TAGGER_VERSION", "tag", "warm"]

TAGGER_VERSION = 1
"""Raised with every change of what a text yields: mentions are stored."""

_COLUMNS = ("article_id", "title", "text", "language")


def warm() -> None:
    """Load the tagger and the word lists, which takes some seconds, before they are needed."""
    from newsloom.entities import countries, dictionary, tagger

    dictionary.warm()
    countries.gazetteer()
    tagger.model()


def tag(documents: pa.Table) -> pa.Table:
    """Return the mentions in `documents`, a table of schema.MENTION.

    `documents` needs article_id, title, text and language. Offsets are code points into the text
    or title exactly as given; only the first 200,000 characters are read. Articles keep their
    order; within each come the mentions of the title, then of the text, by place. An article's
    rows do not depend on the other documents. Rows without an article_id or a text give none.
    """
    from newsloom.entities.articles import mentions

    rows: list[dict[str, Any]] = []
    for document in documents.select(_COLUMNS).to_pylist():
        if document["article_id"] is not None and document["text"] is not None:
            found = mentions(
                document["title"] or "", document["text"], document["language"] or "und"
            )
            rows.extend(_row(document["article_id"], mention) for mention in found)
    return pa.Table.from_pylist(rows, schema=MENTION)


def _row(article_id: str, mention: "Mention") -> dict[str, Any]:
    identity, country = mention.identity, mention.identity.country
    return {
        "article_id": article_id,
        "entity_id": identity.entity_id,
        "name": mention.name,
        "type": str(identity.type),
        "surface": mention.surface,
        "char_start": mention.start,
        "char_end": mention.end,
        "in_title": mention.in_title,
        "wikidata_id": country.wikidata_id if country else None,
        "country_code": country.code if country else None,
        "latitude": country.latitude if country else None,
        "longitude": country.longitude if country else None,
    }
