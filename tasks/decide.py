"""The decision on each item: new, revised, unchanged, rejected or removed."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pyarrow as pa

from newsloom import ids
from newsloom.revisions import is_cosmetic
from newsloom.schema import ITEM
from newsloom.vocabulary import Status
from tasks import removed
from tasks.context import Context, utc_now
from tasks.moments import OLDER, Moments
from tasks.read import Known
from tasks.stage import stage
from warehouse import known
from warehouse.groups import one_column, texts_of

Row = dict[str, Any]
Words = tuple[str, str]
"""Headline and text."""
_DATE = ("published_at", "published_precision", "published_from", "published_doubt")


class Decision(NamedTuple):
    """How one item ends. `adds` is set where it makes a revision."""

    ordinal: int
    status: Status
    article_id: str | None
    revision: int | None
    reason: str | None
    detail: str | None

    @property
    def adds(self) -> bool:
        """The item makes a new revision."""
        return self.status in (Status.NEW, Status.REVISED)


@stage("decide")
def decide(
    context: Context, items: pa.Table, recognised: dict[int, Known], documents: pa.Table
) -> list[Decision]:
    """Decide every item of a batch, in order. To be called inside the commit that writes it."""
    rows = {row["ordinal"]: row for row in documents.drop_columns("text").to_pylist()}
    places = {ordinal: place for place, ordinal in enumerate(documents["ordinal"].to_pylist())}
    wanted = one_column(
        "article_id",
        [k.article_id for k in recognised.values()]
        + [row["article_id"] for row in rows.values() if row["article_id"]],
    )
    gone = removed.found(context, items, recognised, documents)
    current = {row["article_id"]: row for row in known.articles(context.lake, wanted).to_pylist()}
    former = _former_texts(context, rows.values(), current)
    moments = Moments(context, items, rows.values())
    decisions = []
    for ordinal in items["ordinal"].to_pylist():
        if ordinal in gone:
            decisions.append(Decision(ordinal, Status.REMOVED, gone[ordinal], None, None, None))
        elif ordinal in recognised:
            decisions.append(_of_known(ordinal, recognised[ordinal]))
        else:
            text = documents["text"][places[ordinal]]
            decisions.append(_of_document(rows[ordinal], text, current, former, moments))
        if (article := decisions[-1].article_id) and ordinal not in gone:
            moments.note(ordinal, article)
    return decisions


def _former_texts(
    context: Context, rows: Iterable[Row], current: dict[str, Row]
) -> dict[str, Words]:
    """Return headline and text of the known articles that the batch tells in other words."""
    known_words = {a: {row["content_id"]} for a, row in current.items()}
    for row in rows:
        if row["article_id"] in known_words:
            known_words[row["article_id"]].add(row["content_id"])
    told = [article for article, contents in known_words.items() if len(contents) > 1]
    if not told:
        return {}
    return {article: (title, text) for article, title, text, _ in texts_of(context.lake, told)}


def _of_known(ordinal: int, before: Known) -> Decision:
    return Decision(ordinal, Status.UNCHANGED, before.article_id, before.revision, None, None)


def _of_document(
    row: Row,
    text: pa.StringScalar,
    current: dict[str, Row],
    former: dict[str, Words],
    moments: Moments,
) -> Decision:
    """Decide by what the article is at this point of the batch, and move it on."""
    ordinal, article_id = row["ordinal"], row["article_id"]
    if row["reason"]:
        return Decision(ordinal, Status.REJECTED, None, None, row["reason"], row["detail"] or "")
    before = current.get(article_id)
    if before and not _says_more(row, before, text, former.get(article_id)):
        return Decision(ordinal, Status.UNCHANGED, article_id, before["revision"], None, None)
    if before and moments.is_older(ordinal, article_id):
        return Decision(ordinal, Status.UNCHANGED, article_id, before["revision"], None, OLDER)
    status, number = (Status.REVISED, before["revision"] + 1) if before else (Status.NEW, 1)
    current[article_id] = {**_with_known(row, before), "revision": number}
    former[article_id] = (row["title"], text.as_py())
    return Decision(ordinal, status, article_id, number, None, None)


def _says_more(row: Row, before: Row, text: pa.StringScalar, former: Words | None) -> bool:
    """Tell whether a document differs from what is known in words, date or authors.

    A date or an author that is missing now takes nothing away, and a date less than a day off is
    the same date told otherwise. When a page says that it changed last is no change.
    """
    if row["content_id"] != before["content_id"] and not (
        former and is_cosmetic(*former, row["title"], text.as_py())
    ):
        return True
    if row["authors"] and row["authors"] != before["authors"]:
        return True
    if row["published_at"] is None or row["published_from"] == "fetched":
        return False
    apart = abs(row["published_at"] - (before["published_at"] or datetime.min))
    return bool(before["published_from"] == "fetched" or apart >= timedelta(days=1))


def _with_known(row: Row, before: Row | None) -> Row:
    """Fill in the date and the authors that only the former revision has."""
    if not before:
        return row
    filled = {**row, "authors": row["authors"] or before["authors"]}
    if row["published_at"] is None or row["published_from"] == "fetched":
        filled |= {name: before[name] if before["published_at"] else row[name] for name in _DATE}
    return filled


def revisions(
    context: Context, items: pa.Table, documents: pa.Table, decisions: list[Decision]
) -> pa.Table:
    """Return the rows of `article_revisions`, with their text, that the decisions add."""
    made = {d.ordinal: d for d in decisions if d.adds}
    locators = dict(zip(items["ordinal"].to_pylist(), items["locator"].to_pylist(), strict=True))
    rows = documents.filter(
        pa.array([o in made for o in documents["ordinal"].to_pylist()], pa.bool_())
    )
    rows = _carried(context, rows)
    ordinals = rows["ordinal"].to_pylist()
    count = len(ordinals)
    return (
        rows.append_column("revision", pa.array([made[o].revision for o in ordinals], pa.int32()))
        .append_column("run_id", pa.array([context.run_id] * count, pa.string()))
        .append_column("locator", pa.array([locators[o] for o in ordinals], pa.string()))
        .append_column("seen_at", pa.array([utc_now()] * count, pa.timestamp("us")))
    )


def _carried(context: Context, rows: pa.Table) -> pa.Table:
    """Return new revisions with the dates and authors that only former ones have."""
    wanted = one_column("article_id", rows["article_id"].to_pylist())
    current = {r["article_id"]: r for r in known.articles(context.lake, wanted).to_pylist()}
    names = ("authors", *_DATE)
    filled = []
    for row in rows.select(["article_id", *names]).to_pylist():
        current[row["article_id"]] = _with_known(row, current.get(row["article_id"]))
        filled.append(current[row["article_id"]])
    for name in names:
        field = rows.schema.field(name)
        column = pa.array([row[name] for row in filled], field.type)
        rows = rows.set_column(rows.schema.get_field_index(name), field, column)
    return rows


def item_events(context: Context, items: pa.Table, decisions: list[Decision]) -> pa.Table:
    """Return the rows of `item_events`: each item with its one terminal status."""
    seen_at = utc_now()
    decided = [
        {
            "run_id": context.run_id,
            "item_id": ids.item_id(context.run_id, decision.ordinal),
            "status": decision.status.value,
            "reason": decision.reason,
            "detail": decision.detail,
            "article_id": decision.article_id,
            "revision": decision.revision,
            "seen_at": seen_at,
        }
        for decision in decisions
    ]
    return _beside(items.select(_AS_FOUND), pa.Table.from_pylist(decided, schema=_DECIDED))


def _beside(left: pa.Table, right: pa.Table) -> pa.Table:
    for name in right.column_names:
        left = left.append_column(right.schema.field(name), right[name])
    return left


_AS_FOUND = [
    "ordinal", "locator", "uri", "kind", "source", "content_hash", "via", "discovered_at",
    "fetched_at", "http_status", "final_url", "redirects", "etag", "last_modified", "listing_hash",
    "listing",
]  # fmt: skip
_DECIDED = pa.schema(
    [
        ("run_id", pa.string()),
        ("item_id", pa.string()),
        ("status", pa.string()),
        ("reason", pa.string()),
        ("detail", pa.string()),
        ("article_id", pa.string()),
        ("revision", pa.int32()),
        ("seen_at", pa.timestamp("us")),
    ]
)


def rejects(context: Context, items: pa.Table, decisions: list[Decision]) -> pa.Table:
    """Return the rows of `rejects`: what was rejected, with the start of its content."""
    most = context.settings.ingest.reject_payload_bytes
    at = {ordinal: row for row, ordinal in enumerate(items["ordinal"].to_pylist())}
    rows = []
    for decision in decisions:
        if decision.status is Status.REJECTED:
            item = items.slice(at[decision.ordinal], 1).to_pylist()[0]
            rows.append(
                {
                    "run_id": context.run_id,
                    "item_id": ids.item_id(context.run_id, decision.ordinal),
                    **{name: item[name] for name in _KEPT},
                    "reason": decision.reason,
                    "detail": decision.detail,
                    "payload": (item["content"] or b"")[:most],
                    "payload_bytes": len(item["content"] or b""),
                    "rejected_at": utc_now(),
                }
            )
    return pa.Table.from_pylist(rows, schema=_REJECT)


_KEPT = (
    "locator", "uri", "kind", "source", "source_given", "content_type", "final_url", "fetched_at",
    "via", "paywalled",
)  # fmt: skip
_REJECT = pa.schema(
    [
        ("run_id", pa.string()),
        ("item_id", pa.string()),
        *(ITEM.field(name) for name in _KEPT),
        ("reason", pa.string()),
        ("detail", pa.string()),
        ("payload", pa.binary()),
        ("payload_bytes", pa.int64()),
        ("rejected_at", pa.timestamp("us")),
    ]
)


def former_contents(context: Context, articles: set[str]) -> set[str]:
    """Return the contents that known articles have before the batch revises them."""
    found = known.articles(context.lake, one_column("article_id", articles))
    return set(found["content_id"].to_pylist())
