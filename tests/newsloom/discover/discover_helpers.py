"""Shared by the tests of discovery."""

import dataclasses
from io import BytesIO
from pathlib import Path
from typing import Any

from newsloom.discover import Discovery
from newsloom.settings import IngestSettings, Settings


def settings(**ingest: int) -> Settings:
    return dataclasses.replace(Settings(), ingest=dataclasses.replace(IngestSettings(), **ingest))


def found(*inputs: object, source: str | None = None, stdin: bytes = b"", **ingest: int) -> Any:
    """Return all items of a discovery as a list of dicts."""
    discovery = Discovery(
        [str(given) for given in inputs], settings(**ingest), source=source, stdin=BytesIO(stdin)
    )
    # When it was found differs from one time to the next.
    tables = [batch.drop_columns("discovered_at") for batch in discovery]
    items = [item for table in tables for item in table.to_pylist()]
    assert [item["ordinal"] for item in items] == list(range(len(items)))
    assert discovery.items_found == len(items)
    return items


def reasons(items: list[dict[str, Any]]) -> list[str | None]:
    return [item["reason"] for item in items]


def written(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
