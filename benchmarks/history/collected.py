"""Made-up facts of collecting: runs, items, rejects, sources and looks at their lists."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.history.items import NEW, REASONS, REJECTED, STATUSES, Commits, Items
from benchmarks.history.plan import Floats, Ints, Plan, Source
from benchmarks.history.telling import Article
from newsloom.ids import article_id, digest, item_id
from warehouse.polling import POLL

HOST = "newsroom-1"
FAILED_LOOKS = 0.003
LISTED_ENTRIES = 30
_STAGES = (("discover", 0.1), ("fetch", 0.5), ("extract", 0.2), ("entities", 0.15), ("load", 0.05))
_STAGE = pa.list_(pa.struct([
    ("stage", pa.string()), ("rows_in", pa.int64()), ("rows_out", pa.int64()),
    ("seconds", pa.float64()),
]))  # fmt: skip


@dataclass
class Past:
    """All that was made up, and the names of its parts."""

    plan: Plan
    items: Items
    commits: Commits
    articles: dict[int, Article]

    def times(self, seconds: Floats) -> pa.Array:
        """Return moments, in UTC."""
        begin = np.datetime64(self.plan.begin, "us")
        return pa.array(begin + (seconds * 1e6).astype("timedelta64[us]"))

    @cached_property
    def run_ids(self) -> pa.Array:
        """The ids of the runs by number."""
        return pa.array([
            f"r{self.plan.at(at):%Y%m%dT%H%M%S}-{digest('', str(number))[:6]}"
            for number, at in enumerate(self.plan.run_at.tolist())
        ])  # fmt: skip

    @cached_property
    def urls(self) -> pa.Array:
        """The address of each article or other page, by its number; files where none is polled."""
        plan, count = self.plan, len(self.plan.source_of)
        sources = plan.source_of.tolist()
        found = np.zeros(2 * count, np.int64)
        found[self.items.article] = self.items.source
        made = []
        for number, source in enumerate([*sources, *found[count:].tolist()]):
            of = plan.sources[source]
            start = f"file:///srv/{of.name}" if of.folder else f"https://{of.name}/news"
            made.append(f"{start}/{number:07}{'.txt' if of.folder else ''}")
        return pa.array(made)

    @cached_property
    def article_ids(self) -> pa.Array:
        """The ids of articles by number."""
        return pa.array([
            article_id(canonical_url=url, source="", external_id=None, uri=url)
            for url in self.urls[: len(self.plan.source_of)].to_pylist()
        ])  # fmt: skip

    @cached_property
    def names(self) -> pa.Array:
        """The names of the sources by number."""
        return pa.array([source.name for source in self.plan.sources])

    @cached_property
    def item_ids(self) -> pa.Array:
        """The ids of the items."""
        runs = self.run_ids.to_pylist()
        pairs = zip(self.items.run.tolist(), self.items.ordinal.tolist(), strict=True)
        return pa.array([item_id(runs[run], ordinal) for run, ordinal in pairs])


def facts(past: Past) -> dict[str, pa.Table]:
    """Return the rows by fact table."""
    return {
        "run_events": _run_events(past),
        "source_settings": _source_settings(past.plan),
        "polls": _polls(past),
        "item_events": _item_events(past),
        "rejects": _rejects(past),
    }


def _run_events(past: Past) -> pa.Table:
    c, plan = past.commits, past.plan
    first, last = c.is_first.astype(bool), c.is_last.astype(bool)
    lasted = np.diff(c.at, prepend=0.0)
    stages = [
        [] if end or start else [
            {"stage": name, "rows_in": 50, "rows_out": 50, "seconds": round(share * seconds, 3)}
            for name, share in _STAGES
        ]
        for start, end, seconds in zip(first, last, lasted.tolist(), strict=True)
    ]  # fmt: skip
    flow = np.where(plan.is_ingest[c.run], "ingest", "poll")
    inputs = [
        (["inbox"] if ingest else []) if start else None
        for start, ingest in zip(first, plan.is_ingest[c.run], strict=True)
    ]
    return pa.table({
        "commit_id": np.arange(1, len(c.run) + 1), "run_id": past.run_ids.take(pa.array(c.run)),
        "happened_at": past.times(c.at), "status": np.where(last, "completed", "running"),
        "flow": pa.array(flow, mask=~first), "inputs": pa.array(inputs, pa.list_(pa.string())),
        "items_found": c.found, "stages": pa.array(stages, _STAGE),
        "host": pa.array(np.full(len(first), HOST), mask=~first),
        "pid": pa.array(4000 + c.run % 20_000, pa.int32(), mask=~first),
    })  # fmt: skip


def _source_settings(plan: Plan) -> pa.Table:
    polled = [source for source in plan.sources if not source.folder]
    return pa.table({
        "commit_id": [1] * len(polled), "source": [s.name for s in polled],
        "kind": [("feed", "feed", "sitemap", "site")[s.number % 4] for s in polled],
        "address": [s.address for s in polled], "schedule": ["adaptive"] * len(polled),
        "language": [s.language if s.number % 3 == 0 else None for s in polled],
        "country": pa.array([None] * len(polled), pa.string()),
        "tags": [["daily"] if s.a_day > 1 else ["weekly"] for s in polled],
        "paywalled": [False] * len(polled), "paused": [False] * len(polled),
    })  # fmt: skip


def _item_events(past: Past) -> pa.Table:
    items, plan = past.items, past.plan
    count, article = len(items.run), pa.array(items.article)
    rejected = items.status == REJECTED
    folder = np.array([s.folder for s in plan.sources])[items.source]
    urls = past.urls.take(article)
    known = np.minimum(items.article, len(plan.source_of) - 1)
    status = np.where(rejected, np.where(items.reason < 4, 503, 200), 200)
    return pa.table({
        "commit_id": items.commit, "run_id": past.run_ids.take(pa.array(items.run)),
        "item_id": past.item_ids, "ordinal": items.ordinal, "locator": urls, "uri": urls,
        "kind": np.where(folder, "text", "page"), "source": past.names.take(pa.array(items.source)),
        "status": np.array(STATUSES)[items.status],
        "reason": pa.array(np.array(REASONS)[items.reason], mask=~rejected),
        "detail": pa.array(np.full(count, "The page could not be used."), mask=~rejected),
        "article_id": pa.array(_of(past.article_ids, known), mask=rejected),
        "revision": pa.array(items.revision, pa.int32(), mask=rejected),
        "content_hash": past.item_ids,
        "via": pa.array(_addresses(plan)[items.source], mask=folder),
        "discovered_at": past.times(plan.run_at[items.run] + 1),
        "fetched_at": past.times(items.seen - 0.5),
        "http_status": pa.array(status, pa.int32(), mask=folder), "final_url": urls,
        "seen_at": past.times(items.seen),
    })  # fmt: skip


def _of(names: pa.Array, at: Ints) -> Any:
    return names.take(pa.array(at)).to_numpy(False)


def _addresses(plan: Plan) -> Any:
    return np.array([source.address for source in plan.sources])


def _rejects(past: Past) -> pa.Table:
    items, at = past.items, np.flatnonzero(past.items.status == REJECTED)
    urls = past.urls.take(pa.array(items.article[at]))
    folder = np.array([s.folder for s in past.plan.sources])[items.source[at]]
    return pa.table({
        "commit_id": items.commit[at], "run_id": past.run_ids.take(pa.array(items.run[at])),
        "item_id": past.item_ids.take(pa.array(at)), "locator": urls, "uri": urls,
        "kind": np.where(folder, "text", "page"),
        "source": past.names.take(pa.array(items.source[at])),
        "reason": np.array(REASONS)[items.reason[at]],
        "detail": ["The page could not be used."] * len(at),
        "payload": [b"<html>"] * len(at), "payload_bytes": [6] * len(at),
        "content_type": ["text/html"] * len(at), "final_url": urls,
        "fetched_at": past.times(items.seen[at] - 0.5), "source_given": [True] * len(at),
        "paywalled": [False] * len(at), "rejected_at": past.times(items.seen[at]),
    })  # fmt: skip


def _polls(past: Past) -> pa.Table:
    new = past.items.status == NEW
    runs, sources = past.items.run[new], past.items.source[new]
    found = np.zeros((len(past.plan.sources), past.plan.size.runs), np.int64)
    np.add.at(found, (sources, runs), 1)
    looks = [
        _looks(past, source, found[source.number])
        for source in past.plan.sources if not source.folder
    ]  # fmt: skip
    schema = pa.schema([("commit_id", pa.int64()), *POLL])
    table = pa.concat_tables([look for look in looks if look.num_rows] or [schema.empty_table()])
    return table.select(schema.names).cast(schema).sort_by("commit_id")


def _looks(past: Past, source: Source, found: Ints) -> pa.Table:
    plan = past.plan
    runs = plan.look_runs(source)
    count, new = len(runs), found[runs]
    failed = (plan.chance.random(count) < FAILED_LOOKS) & (new == 0)
    at = plan.run_at[runs] + 1
    seconds = source.every * plan.size.run_seconds
    version = np.cumsum(new > 0)
    marks = np.array(
        [f"{source.number:x}-{number:x}" for number in range(int(version.max(initial=0)) + 1)]
    )[version]
    same = (new == 0) & ~failed
    last = np.flatnonzero(past.commits.is_last)
    newest = past.plan.run_at[runs[np.maximum.accumulate(np.where(new > 0, np.arange(count), 0))]]
    nothing = np.full(count, None, object)
    return pa.table({
        "commit_id": last[runs] + 1, "run_id": past.run_ids.take(pa.array(runs)),
        "source": np.full(count, source.name), "address": np.full(count, source.address),
        "polled_at": past.times(at),
        "outcome": np.where(failed, "failed", np.where(same, "not_modified", "read")),
        "reason": pa.array(np.full(count, "fetch_timeout"), mask=~failed),
        "detail": pa.array(np.full(count, "No answer in 20 seconds."), mask=~failed),
        "http_status": pa.array(np.where(same, 304, 200), pa.int32(), mask=failed),
        "conditional": ~failed, "etag": marks, "last_modified": pa.array(nothing, pa.string()),
        "content_hash": pa.array(marks, mask=failed),
        "entries": np.where(failed | same, 0, LISTED_ENTRIES).astype("int32"),
        "entries_new": new.astype("int32"), "entries_again": np.zeros(count, "int32"),
        "newest_entry_at": past.times(newest), "failures": failed.astype("int32"),
        "failure_weight": failed * 0.25, "interval_seconds": np.full(count, seconds),
        "due_at": past.times(at + seconds),
    })  # fmt: skip
