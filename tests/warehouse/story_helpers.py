"""Warehouses of stories, written as facts: what an ingest would find need not be found again."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
from lake_helpers import NOON

from newsloom.stories import EVIDENCE
from warehouse.commit import commit
from warehouse.lake import Lake

DAY = timedelta(days=1)
Link = tuple[str, str, float, float]
"""Two articles, their score and their term cosine."""

_EDGE = pa.schema(
    [
        ("article_a", pa.string()),
        ("revision_a", pa.int32()),
        ("article_b", pa.string()),
        ("revision_b", pa.int32()),
        ("score", pa.float32()),
        ("features", pa.map_(pa.string(), pa.float32())),
        ("evidence", EVIDENCE),
    ]
)


class Told(NamedTuple):
    """An article of a story; entities as 'Name' or, for a country, as 'Name/CODE'."""

    id: str
    story: str
    source: str = "gaceta"
    published: datetime | None = NOON
    entities: Sequence[str] = ()
    title: str = "Titular"
    copy_of: str | None = None
    seen: datetime = NOON


def tell(folder: Path, articles: Iterable[Told], links: Iterable[Link] = (), **states: Any) -> None:
    """Write one commit; `states` give a story's `raised_to` by its id."""
    rows = [article._asdict() for article in articles]
    with Lake(folder) as lake, commit(lake) as writing:
        event = {"run_id": "r1", "happened_at": NOON, "status": "completed", "items_found": 0}
        writing.append("run_events", pa.Table.from_pylist([event]))
        for table, facts in _facts(rows, links, states).items():
            schema = _EDGE if table == "story_edges" else None
            writing.append(table, pa.Table.from_pylist(facts, schema=schema))


def _facts(
    rows: list[dict[str, Any]], links: Iterable[Link], states: dict[str, Any]
) -> dict[str, list[dict[str, Any]]]:
    originals = [row for row in rows if not row["copy_of"]]
    stories = {row["story"]: row["id"] for row in reversed(originals)}
    return {
        "article_revisions": [
            {"article_id": row["id"], "revision": 1, "content_id": f"c{row['id']}",
             "run_id": "r1", "source": row["source"], "title": row["title"],
             "published_at": row["published"], "seen_at": row["seen"], "language": "es"}
            for row in rows
        ],
        "article_texts": [
            {"article_id": row["id"], "revision": 1, "text": f"Texto {row['id']}."} for row in rows
        ],
        "copies": [
            {"article_id": row["id"], "original_id": row["copy_of"], "copy_kind": "exact"}
            for row in rows if row["copy_of"]
        ],
        "story_members": [
            {"article_id": row["id"], "story_id": row["story"]} for row in originals
        ],
        "story_states": [
            {"story_id": story, "representative_id": first, "title_article_id": first,
             "raised_to": states.get(story)}
            for story, first in stories.items()
        ],
        "mentions": [
            {"article_id": row["id"], "revision": 1, "entity_id": name, "surface": name,
             "type": _type(name), "in_title": False}
            for row in originals for name in row["entities"]
        ],
        "entities": [
            {"entity_id": name, "name": name.split("/")[0], "type": _type(name),
             "country_code": name.split("/")[1] if "/" in name else None}
            for row in originals for name in row["entities"]
        ],
        "story_edges": [
            {"article_a": a, "revision_a": 1, "article_b": b, "revision_b": 1, "score": score,
             "features": [("term_cosine", cosine)] if cosine else [("days_apart", 0.7)],
             "evidence": [{"kind": "term", "name": "dique", "weight": 9.0}]}
            for a, b, score, cosine in links
        ],
    }  # fmt: skip


def _type(name: str) -> str:
    return "country" if "/" in name else "person"
