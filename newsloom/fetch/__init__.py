"""Fetching: the pages among the items, politely and only from the public internet.

    items = fetch(items, settings)

Same rows, same order. Every PAGE row without a reason that was not fetched yet comes back with
its content, or with a reason. Importing this loads no HTTP library; a batch without pages
never does.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from newsloom import clock
from newsloom.discover.found import printable
from newsloom.discover.rows import ROW_TYPE, decoded, encoded
from newsloom.errors import InputError
from newsloom.ids import content_hash
from newsloom.schema import ITEM
from newsloom.settings import Settings
from newsloom.vocabulary import Kind, Reason

if TYPE_CHECKING:
    from newsloom.fetch.client import Client, Page

__all__ = ["fetch"]

_FILLED = ("content", "content_hash", "content_type", "final_url", "fetched_at", "reason", "detail")


def fetch(items: pa.Table, settings: Settings) -> pa.Table:
    """Return `items` with the pages in it fetched."""
    kinds, reasons, fetched = (
        items.column(name).to_pylist() for name in ("kind", "reason", "fetched_at")
    )
    wanted = [
        index
        for index, row in enumerate(zip(kinds, reasons, fetched, strict=True))
        if row == (Kind.PAGE, None, None)
    ]
    if not wanted:
        return items
    answers = _in_a_loop(items.take(wanted).to_pylist(), settings)
    return _filled(items, dict(zip(wanted, answers, strict=True)))


def _in_a_loop(rows: list[dict[str, Any]], settings: Settings) -> list[dict[str, Any]]:
    """Run the fetching in an event loop of its own, also where the caller is in one."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(_all(rows, settings))
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, _all(rows, settings)).result()


async def _all(rows: list[dict[str, Any]], settings: Settings) -> list[dict[str, Any]]:
    from newsloom.fetch.client import Client
    from newsloom.fetch.transport import GuardedTransport

    async with GuardedTransport(settings.fetch) as transport:
        client = Client(settings.fetch, transport)
        return list(await asyncio.gather(*(_one(client, row) for row in rows)))


async def _one(client: "Client", row: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that fetching one page changes."""
    try:
        page = await client.page(row["uri"])
        columns = _columns(row, page)
    except InputError as error:
        columns = {"reason": str(error.reason), "detail": error.detail}
    except Exception as error:  # a defect met on one page must not cost the others
        detail = f"{type(error).__name__}: {printable(str(error))[:500]}"
        columns = {"reason": str(Reason.INTERNAL), "detail": detail}
    return columns | {"fetched_at": clock.now()}


def _columns(row: dict[str, Any], page: "Page") -> dict[str, Any]:
    content, content_type = page.content, page.content_type
    if row["content_type"] == ROW_TYPE:
        content, content_type = _joined(row["content"], page), ROW_TYPE
    return {
        "content": content,
        "content_type": content_type,
        "final_url": page.url,
        "content_hash": content_hash(Kind.PAGE, content),
    }


def _joined(row: bytes, page: "Page") -> bytes:
    """Return the fields of a row with its page as their `html` or `text`."""
    from newsloom.extract.htmltext import html_string

    name = "text" if page.content_type.startswith("text/plain") else "html"
    return encoded(decoded(row) | {name: html_string(page.content, page.content_type)})


def _filled(items: pa.Table, answers: dict[int, dict[str, Any]]) -> pa.Table:
    for name in _FILLED:
        values = items.column(name).to_pylist()
        for index, answer in answers.items():
            values[index] = answer.get(name, values[index])
        position = items.schema.get_field_index(name)
        field = ITEM.field(name)
        items = items.set_column(position, field, pa.array(values, field.type))
    return items
