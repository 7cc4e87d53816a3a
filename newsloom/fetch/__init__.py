"""Fetching: politely, and only from the public internet.

    items = fetch(items, settings, hosts)         the pages among items
    answers = get(requests, settings, hosts)      single addresses: feeds, sitemaps, start pages
    with download(url, settings, hosts) as file:  files of any size

`fetch` keeps rows and order: every PAGE row without a reason that was not fetched yet comes back
with its content, or with a reason. Importing this loads no HTTP library; a batch without pages
never does.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from newsloom.discover.rows import ROW_TYPE, decoded, encoded
from newsloom.fetch.hosts import HOST, Hosts, host_of
from newsloom.fetch.messages import Answer, Request
from newsloom.ids import content_hash
from newsloom.schema import ITEM
from newsloom.settings import Settings
from newsloom.vocabulary import Kind

if TYPE_CHECKING:
    from newsloom.fetch.files import Download

__all__ = ["HOST", "Answer", "Hosts", "Request", "download", "fetch", "get", "host_of"]

_FILLED = (
    "content", "content_hash", "content_type", "final_url", "redirects", "fetched_at",
    "http_status", "etag", "last_modified", "reason", "detail",
)  # fmt: skip


def get(requests: Sequence[Request], settings: Settings, hosts: Hosts) -> list[Answer]:
    """Return an answer for each request, in their order, whatever the servers do.

    Raises SettingsError where fetch.allow_addresses is no list of networks.
    """
    if not requests:
        return []
    from newsloom.fetch.session import answers  # not above: it loads the HTTP library

    return answers(requests, settings.fetch, hosts)


def download(
    url: str, settings: Settings, hosts: Hosts | None = None
) -> "AbstractContextManager[Download]":
    """Fetch a file of any size (fetch.max_file_bytes) into a temporary one, for a `with` block.

    Its `stream` is seekable; it also has `size`, `content_type` and `final_url`. Entering raises
    InputError with the reason where the file cannot be had.
    """
    from newsloom.fetch.files import download as downloaded  # not above, as with `get`

    return downloaded(url, settings.fetch, hosts or Hosts())


def fetch(
    items: pa.Table,
    settings: Settings,
    hosts: Hosts | None = None,
    known_at: Sequence[str | None] | None = None,
) -> pa.Table:
    """Return `items` with the pages in it fetched.

    A page with validators (etag, last_modified) is asked for changes only; known_at holds, by row,
    the address that gave them. Where nothing has changed it comes back with http_status 304, and
    with its content as it was.
    """
    rows = items.select(["kind", "reason", "fetched_at"]).to_pylist()
    wanted = [i for i, row in enumerate(rows) if tuple(row.values()) == (Kind.PAGE, None, None)]
    if not wanted:
        return items
    pages = items.take(wanted).to_pylist()
    given = [known_at[index] for index in wanted] if known_at else [None] * len(wanted)
    requests = [
        Request(page["uri"], page["etag"], page["last_modified"], final_url=address)
        for page, address in zip(pages, given, strict=True)
    ]
    found = get(requests, settings, hosts or Hosts())
    changed = [_columns(page, answer) for page, answer in zip(pages, found, strict=True)]
    return _filled(items, dict(zip(wanted, changed, strict=True)))


def _columns(row: dict[str, Any], answer: Answer) -> dict[str, Any]:
    """Return the columns that fetching one page changes."""
    columns: dict[str, Any] = {
        "final_url": answer.final_url,
        "redirects": answer.redirects,
        "fetched_at": answer.fetched_at,
        "http_status": answer.status,
        "etag": answer.etag,
        "last_modified": answer.last_modified,
        "reason": answer.reason and str(answer.reason),
        "detail": answer.detail,
    }
    if answer.content is None:
        return columns
    content, content_type = answer.content, answer.content_type
    if row["content_type"] == ROW_TYPE:
        content, content_type = _joined(row["content"], answer), ROW_TYPE
    return columns | {
        "content": content,
        "content_type": content_type,
        "content_hash": content_hash(Kind.PAGE, content),
    }


def _joined(row: bytes, answer: Answer) -> bytes:
    """Return the fields of a row with its page as their `html` or `text`."""
    from newsloom.extract.htmltext import html_string

    kind = answer.content_type or ""
    name = "text" if kind.startswith("text/plain") else "html"
    return encoded(decoded(row) | {name: html_string(answer.content or b"", kind)})


def _filled(items: pa.Table, answers: dict[int, dict[str, Any]]) -> pa.Table:
    for name in _FILLED:
        values = items.column(name).to_pylist()
        for index, answer in answers.items():
            values[index] = answer.get(name, values[index])
        position = items.schema.get_field_index(name)
        field = ITEM.field(name)
        items = items.set_column(position, field, pa.array(values, field.type))
    return items
