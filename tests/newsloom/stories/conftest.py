"""The seeds and the controls, signed and tagged as an ingest would, once a session."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from controls import CONTROLS

from newsloom import ids, stories
from newsloom.discover import Discovery
from newsloom.fingerprints import SIGNATURE, sign
from newsloom.prepare import prepare
from newsloom.settings import Settings

SEEDS = Path(__file__).parents[3] / "seeds"
SIGNATURE_COLUMNS = [name for name in stories.PROFILE.names if name in SIGNATURE.names]


def profiles(rows: list[dict[str, Any]], signatures: pa.Table) -> pa.Table:
    """Return a table of PROFILE from documents and their signatures."""
    signed = {row["content_id"]: row for row in signatures.to_pylist()}
    return pa.Table.from_pylist(
        [
            {
                "article_id": row["article_id"],
                "published_at": row["published_at"],
                "word_count": row["word_count"],
                "language": row["language"],
                **{name: signed[row["content_id"]][name] for name in SIGNATURE_COLUMNS},
            }
            for row in rows
        ],
        schema=stories.PROFILE,
    )


@pytest.fixture(scope="session")
def seeds_and_controls() -> pa.Table:
    """Profiles with the article ids seed-0, seed-1 and the controls' names."""
    items = pa.concat_tables(Discovery([str(SEEDS)], Settings()))
    documents, _ = prepare(items, Settings())
    rows = documents.to_pylist()
    for number, row in enumerate(rows):
        row["article_id"] = f"seed-{number}"
    rows += [
        {
            "article_id": name,
            "title": control.title,
            "text": control.text,
            "language": "en",
            "published_at": control.published_at,
            "word_count": len(control.text.split()),
            "content_id": ids.content_id(control.title, control.text),
        }
        for name, control in CONTROLS.items()
    ]
    wanted = ("article_id", "content_id", "title", "text", "language")
    table = pa.Table.from_pylist([{name: row[name] for name in wanted} for row in rows])
    return profiles(rows, sign(table))
