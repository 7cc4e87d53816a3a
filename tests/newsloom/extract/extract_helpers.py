"""Shared by the tests of extraction."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa

from newsloom.discover import Discovery
from newsloom.extract import extract
from newsloom.schema import DOCUMENT, ITEM
from newsloom.settings import Settings


def extracted(*inputs: object, source: str | None = None, stdin: bytes = b"") -> Any:
    """Return the documents of some inputs as a list of dicts."""
    settings = Settings()
    discovery = Discovery([str(i) for i in inputs], settings, source=source, stdin=BytesIO(stdin))
    items = pa.concat_tables(list(discovery))
    documents = extract(items, settings)
    assert documents.schema == DOCUMENT
    assert documents["ordinal"].to_pylist() == items["ordinal"].to_pylist()
    return documents.to_pylist()


def one(path: Path, content: bytes | str, source: str | None = None) -> dict[str, Any]:
    """Write a file, extract it, return its only document."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (document,) = extracted(path, source=source)
    result: dict[str, Any] = document
    return result


def page(content: bytes, url: str, **columns: Any) -> dict[str, Any]:
    """Return the document of a page as if it had been fetched."""
    row = dict.fromkeys(ITEM.names) | {
        "ordinal": 0, "locator": url, "kind": "page", "uri": url, "source_given": False,
        "content": content, "content_type": "text/html", "final_url": url,
    }  # fmt: skip
    items = pa.Table.from_pylist([row | columns], schema=ITEM)
    (document,) = extract(items, Settings()).to_pylist()
    result: dict[str, Any] = document
    return result
