from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from newsloom import entities

Row = dict[str, Any]
Tag = Callable[..., list[Row]]


@pytest.fixture(scope="session")
def tag() -> Tag:
    """Return a function that tags one article and checks what holds for every mention."""
    entities.warm()

    def tag_one(text: str, title: str | None = "", language: str | None = "en") -> list[Row]:
        documents = {"article_id": "a1", "title": title, "text": text, "language": language}
        rows: list[Row] = entities.tag(pa.Table.from_pylist([documents], _SCHEMA)).to_pylist()
        for row in rows:
            source = (title or "") if row["in_title"] else text
            assert row["surface"] == source[row["char_start"] : row["char_end"]]
            assert row["surface"].strip() == row["surface"] != ""
        return rows

    return tag_one


_SCHEMA = pa.schema([(name, pa.string()) for name in ("article_id", "title", "text", "language")])
