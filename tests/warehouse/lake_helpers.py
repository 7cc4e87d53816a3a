"""Warehouses written without an ingest: a commit with a run event and some articles."""

from datetime import datetime
from pathlib import Path

import pyarrow as pa

from newsloom.settings import WarehouseSettings
from warehouse.commit import Commit, commit
from warehouse.lake import Lake

NOON = datetime(2024, 3, 10, 12)


def write(lake: Lake, *articles: str, run: str = "r1") -> int:
    """Write one commit with these articles, each in a story of its own; return its id."""
    with commit(lake) as writing:
        append(writing, *articles, run=run)
    return writing.id


def append(writing: Commit, *articles: str, run: str = "r1") -> None:
    ids = list(articles)
    event = {"run_id": run, "happened_at": NOON, "status": "completed", "items_found": len(ids)}
    writing.append("run_events", pa.Table.from_pylist([event]))
    same = {"article_id": ids, "revision": [1] * len(ids)}
    writing.append("article_revisions", pa.table({
        **same, "run_id": [run] * len(ids), "content_id": [f"c{i}" for i in ids],
        "source": ["gaceta"] * len(ids), "title": [f"Titular {i}" for i in ids],
        "seen_at": [NOON] * len(ids), "word_count": [2] * len(ids),
    }))  # fmt: skip
    writing.append("article_texts", pa.table({**same, "text": [f"Texto {i}." for i in ids]}))
    writing.append(
        "story_members", pa.table({"article_id": ids, "story_id": [f"s{i}" for i in ids]})
    )
    writing.append("item_events", pa.table({
        **same, "run_id": [run] * len(ids), "item_id": [f"{run}-{i}" for i in ids],
        "ordinal": list(range(len(ids))), "locator": ids, "status": ["new"] * len(ids),
        "source": ["gaceta"] * len(ids), "seen_at": [NOON] * len(ids),
    }))  # fmt: skip
    mention = {"entity_id": ["e1"] * len(ids), "surface": ["Lima"] * len(ids)}
    writing.append("mentions", pa.table({**same, **mention, "type": ["place"] * len(ids)}))


def make(folder: Path, *articles: str, settings: WarehouseSettings | None = None) -> None:
    """Make a warehouse with one commit."""
    with Lake(folder, settings) as lake:
        write(lake, *articles)
