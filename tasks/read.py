"""The first stages: which items are known already, and the documents in the others."""

from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from newsloom.fetch import fetch as fetch_pages
from newsloom.fingerprints import sign
from newsloom.pool.process import WorkerDied
from newsloom.schema import DOCUMENT
from newsloom.vocabulary import Kind
from tasks import removed, revisit
from tasks.chunked import run_chunks
from tasks.context import Context
from tasks.stage import stage
from warehouse import known


class Known(NamedTuple):
    """The reading of an input that has not changed since."""

    article_id: str
    revision: int | None  # None: removed on request, so it is not even read


_RECOGNISED_BY = ["ordinal", "locator", "uri", "content_hash"]


@stage("recognise")
def recognise(context: Context, items: pa.Table) -> dict[int, Known]:
    """Return, by ordinal, the items whose input was read before with the very same content."""
    hashed = items.select(_RECOGNISED_BY).filter(pc.is_valid(items["content_hash"]))
    before = _readings(context, hashed)
    result: dict[int, Known] = {}
    for item in hashed.to_pylist():
        row = before.get((item["locator"], item["uri"]))
        if row and row["content_hash"] == item["content_hash"]:
            result[item["ordinal"]] = Known(row["article_id"], row["revision"])
    pages = removed.pages(context, items)
    return result | {ordinal: Known(article, None) for ordinal, article in pages.items()}


class Fetched(NamedTuple):
    """The items with their pages, and by ordinal those that have not changed since."""

    items: pa.Table
    recognised: dict[int, Known]


@stage("fetch", retries=2, retry_delay_seconds=2)
def fetch(context: Context, items: pa.Table) -> Fetched:
    """Fetch the web pages among the items; of those that were read before, only changes."""
    to_fetch = pc.and_(pc.equal(items["kind"], Kind.PAGE.value), pc.is_null(items["reason"]))
    to_fetch = pc.and_(to_fetch, pc.is_null(items["fetched_at"]))
    if not pc.any(to_fetch).as_py():
        return Fetched(items, {})
    before = _readings(context, items.filter(to_fetch))
    items, asked_at = revisit.with_conditions(
        items, to_fetch, before, context.settings.fetch.trust_validators_days
    )
    items = fetch_pages(items, context.settings, context.hosts, asked_at)
    items, same = revisit.compared(items, to_fetch, before)
    return Fetched(items, {n: Known(row["article_id"], row["revision"]) for n, row in same.items()})


def _readings(context: Context, items: pa.Table) -> dict[tuple[str, str], dict[str, Any]]:
    """Return how items were read before, by locator and address."""
    if not items.num_rows:
        return {}
    found = known.observations(context.lake, items.select(["locator", "uri"]))
    return {(row["locator"], row["uri"]): row for row in found.to_pylist()}


@stage("extract")
def extract(context: Context, items: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return the items' documents and signatures, worked out in the pool."""
    if not items.num_rows:
        return DOCUMENT.empty_table(), sign(DOCUMENT.empty_table())
    parts = run_chunks(
        context, "newsloom.prepare:prepare", items, "content", context.settings, on_death=_internal
    )
    signatures = pa.concat_tables(signatures for _, signatures in parts)
    return pa.concat_tables(documents for documents, _ in parts), _once(signatures, "content_id")


def _once(table: pa.Table, column: str) -> pa.Table:
    """Return the first row for each value of a column."""
    seen: set[str] = set()
    keep = [not (value in seen or seen.add(value)) for value in table[column].to_pylist()]  # type: ignore[func-returns-value]
    return table.filter(pa.array(keep, pa.bool_()))


def _internal(item: pa.Table, death: WorkerDied) -> tuple[pa.Table, pa.Table]:
    """An item that ends its worker is rejected."""
    from newsloom.prepare import internal  # not above: it imports the stages of the worker

    return internal(item, death)
