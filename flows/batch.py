"""One batch on its way through the stages, to the commit that writes it.

Whatever depends on what else is in the warehouse is decided inside the commit, under the lock. The
heavy work comes before, without it; nothing in there goes through the orchestrator, which may be
slow.
"""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import pyarrow as pa

from flows.progress import watcher
from flows.report import Report
from newsloom.vocabulary import RunStatus
from tasks import boilerplate, copies, decide, events, read, runs, stories, tag
from tasks.context import Context
from tasks.stage import Call, Stage, directly
from tasks.stories import StoryChange
from warehouse.commit import Commit, commit, latest_commit_id


class Worked(NamedTuple):
    """A batch with everything that could be worked out about it before its commit."""

    items: pa.Table
    recognised: dict[int, read.Known]
    documents: pa.Table
    signed: boilerplate.Signed
    copy_pairs: pa.Table
    compared_at: int  # the warehouse's last commit when the copies were looked for
    mentions: dict[str, pa.Table]  # by content
    marks: pa.Table  # for events across languages


class Batch:
    """Takes batches of one run through the stages; `call` runs a stage."""

    def __init__(
        self, context: Context, call: Call, report: Report, note: Callable[[Commit], None]
    ) -> None:
        self.context = context
        self.call = call
        self.report = report
        self.note = note
        """Adds to the commit what the finder of the items keeps."""

    def run(self, items: pa.Table) -> None:
        """Take the items from discovery to the published warehouse."""
        worked = self._work(items)
        timed(self.context, self.call, items.num_rows, Stage(self._load, "load"), worked)

    def _work(self, items: pa.Table) -> Worked:
        recognised = self._stage(items.num_rows, read.recognise, self.context, items)
        todo = _without(items, set(recognised))
        if todo["reason"].null_count:
            tag.warm(self.context)
        fetched: read.Fetched = self._stage(todo.num_rows, read.fetch, self.context, todo)
        if fetched.items is not todo:
            items = pa.concat_tables([_without(items, _ordinals(todo)), fetched.items])
            items, recognised = items.sort_by("ordinal"), recognised | fetched.recognised
            todo = _without(items, set(recognised))
        documents, signatures = self._stage(todo.num_rows, read.extract, self.context, todo)
        seen = latest_commit_id(self.context.lake)
        signed = self._stage(
            signatures.num_rows, boilerplate.mask, self.context, documents, signatures
        )
        pairs = self._stage(signatures.num_rows, copies.compare, self.context, *signed)
        untagged = tag.untagged_contents(self.context, documents, signed.signatures, pairs)
        if untagged:
            stories.warm()
        mentions = self._stage(len(untagged), tag.tag, self.context, documents, untagged)
        tagged = tag.by_content(mentions, untagged)
        marks = self._stage(documents.num_rows, events.mark, self.context, documents)
        return Worked(items, recognised, documents, signed, pairs, seen, tagged, marks)

    def _load(self, worked: Worked) -> int:
        """Decide and write the batch as one commit. Returns the number of new revisions."""
        context, items = self.context, worked.items
        with commit(context.lake) as writing:
            if writing.id != worked.compared_at + 1:
                # Another ingest has committed since the comparison: it may hold the same texts.
                worked = worked._replace(copy_pairs=self._compare_again(worked))
            decisions = self._inside(
                items.num_rows, decide.decide, context, items, worked.recognised, worked.documents
            )
            fresh = decide.revisions(context, items, worked.documents, decisions)
            changes = self._write_articles(writing, fresh, worked) if fresh.num_rows else []
            writing.append("item_events", decide.item_events(context, items, decisions))
            writing.append("rejects", decide.rejects(context, items, decisions))
            self.note(writing)
            runs.note(context, writing, RunStatus.RUNNING, self.report.items_found)
        self.report.count(decisions, changes)
        return int(fresh.num_rows)

    def _compare_again(self, worked: Worked) -> pa.Table:
        rows = worked.signed.signatures.num_rows
        return self._inside(rows, copies.compare, self.context, *worked.signed)

    def _write_articles(
        self, writing: Commit, fresh: pa.Table, worked: Worked
    ) -> list[StoryChange]:
        """Write new revisions and everything that follows from them."""
        context = self.context
        articles = set(fresh["article_id"].to_pylist())
        contents = set(fresh["content_id"].to_pylist())
        former = decide.former_contents(context, articles)
        renewed: boilerplate.Renewed = self._inside(
            len(contents), boilerplate.settle_boilerplate, context, writing, fresh, worked.signed
        )
        pairs = worked.copy_pairs if renewed.compared else None
        copies.write_signatures(context, writing, contents | renewed.stale, renewed.signed, pairs)
        writing.append("article_revisions", fresh)
        writing.append("article_texts", fresh)
        changed: dict[str, str | None] = self._inside(
            len(contents), copies.settle_copies, context, writing,
            contents | former | renewed.contents,
        )  # fmt: skip
        tag.write_tags(context, writing, worked.mentions)
        unlinked = articles | {article for article, original in changed.items() if not original}
        unlinked |= renewed.articles
        changes: list[StoryChange] = self._inside(
            len(articles), stories.settle_stories, context, writing, unlinked,
            articles | changed.keys() | renewed.around,
        )  # fmt: skip
        self._inside(len(articles), events.settle_events, context, writing, unlinked, worked.marks)
        return changes

    def _stage(self, rows: int, stage: Stage[..., Any], *args: Any) -> Any:
        return timed(self.context, self.call, rows, stage, *args)

    def _inside(self, rows: int, stage: Stage[..., Any], *args: Any) -> Any:
        return timed(self.context, directly, rows, stage, *args)


def _ordinals(items: pa.Table) -> set[int]:
    return set(items["ordinal"].to_pylist())


def _without(items: pa.Table, ordinals: set[int]) -> pa.Table:
    keep = [ordinal not in ordinals for ordinal in items["ordinal"].to_pylist()]
    return items.filter(pa.array(keep, pa.bool_()))


def timed(context: Context, call: Call, rows_in: int, stage: Stage[..., Any], *args: Any) -> Any:
    """Run a stage, and keep how long it took and how many rows came out."""
    watcher().stage(stage.name, rows_in)
    began = time.monotonic()
    result = call(stage, *args)
    context.timings.append(
        {
            "stage": stage.name,
            "rows_in": rows_in,
            "rows_out": _rows(result),
            "seconds": time.monotonic() - began,
        }
    )
    return result


def _rows(result: Any) -> int:
    if isinstance(result, pa.Table):
        return int(result.num_rows)
    if isinstance(result, tuple) and result and isinstance(result[0], pa.Table):
        return int(result[0].num_rows)
    return len(result) if hasattr(result, "__len__") else 0
