"""The body of the ingest flow: inputs in, articles, copies, entities and stories in the warehouse.

The same body runs directly and as an orchestrated flow (tracked.py); only `call`, which runs a stage,
differs. A batch is worked on without the warehouse's lock as far as possible; whatever depends on what
else is in the warehouse is then decided inside the one commit that writes it, so two ingests at once
cannot double an article.
"""

import secrets
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from flows.progress import watcher
from newsloom.discover import Discovery
from newsloom.errors import NewsloomError
from newsloom.pool import Pool
from newsloom.settings import Settings
from newsloom.vocabulary import Reason, RunStatus
from tasks import copies, decide, read, runs, stories, tag
from tasks.context import Context, utc_now
from tasks.stage import Call, Stage, directly
from tasks.stories import StoryChange
from tasks.workers import worker_count
from warehouse import maintain
from warehouse.commit import commit, latest_commit_id
from warehouse.lake import Lake


@dataclass
class Report:
    """What an ingest did."""

    run_id: str
    warehouse: str
    status: str = RunStatus.RUNNING.value
    items_found: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    stories: dict[str, StoryChange] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def unaccounted(self) -> int:
        """Items that were found but have no terminal status: 0, or something is wrong."""
        return self.items_found - sum(self.statuses.values())


def new_run_id() -> str:
    """Return an id that sorts by time."""
    return f"r{utc_now():%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def ingest(
    inputs: Sequence[str],
    warehouse: Path,
    settings: Settings,
    *,
    source: str | None = None,
    stdin: BinaryIO | None = None,
    call: Call = directly,
    prefect_run_id: str | None = None,
) -> Report:
    """Ingest `inputs` into the warehouse folder and return what came of them.

    Raises NewsloomError where the run as a whole cannot go on; bad inputs end as rejects instead.
    """
    began = time.monotonic()
    with (
        Lake(warehouse, settings.warehouse) as lake,
        Pool(worker_count(settings.ingest.workers)) as pool,
    ):
        context = Context(settings, lake, pool, new_run_id(), prefect_run_id)
        report = Report(context.run_id, str(lake.folder))
        runs.start(context, "ingest", list(inputs))
        found = Discovery(inputs, settings, source=source, stdin=stdin)
        _run(context, found, report, call)
        report.seconds = time.monotonic() - began
    return report


def _run(context: Context, found: Discovery, report: Report, call: Call) -> None:
    """Take the batches through the stages, and write how the run ended, whatever happens."""
    try:
        for number, items in enumerate(_discovered(context, found, call)):
            _Batch(context, call, report).run(items)
            watcher().batch(report.items_found, found.bytes_done, found.bytes_total)
            if number:
                maintain.compact_if_scattered(context.lake)
    except BaseException as failure:
        _end_failed(context, report, failure)
        raise
    report.status = RunStatus.COMPLETED.value
    runs.end(context, RunStatus.COMPLETED, report.items_found)


def _end_failed(context: Context, report: Report, failure: BaseException) -> None:
    """Write that the run did not get to its end. If even that fails, the failure itself counts."""
    # Signals, the orchestrator's own among them, are no Exceptions.
    interrupted = not isinstance(failure, Exception)
    status = RunStatus.INTERRUPTED if interrupted else RunStatus.FAILED
    report.status = status.value
    with suppress(NewsloomError):
        error = None if interrupted else f"{type(failure).__name__}: {failure}"[:1000]
        runs.end(context, status, report.items_found, error)


def _discovered(context: Context, found: Discovery, call: Call) -> Any:
    """Yield the batches that discovery finds; reading one is a stage like the others."""
    batches = iter(found)
    discover = Stage(lambda: next(batches, None), "discover")
    while (items := _timed(context, call, 0, discover)) is not None:
        yield items


def _timed(context: Context, call: Call, rows_in: int, stage: Stage[..., Any], *args: Any) -> Any:
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


class _Batch:
    """One batch on its way through the stages."""

    def __init__(self, context: Context, call: Call, report: Report) -> None:
        self.context = context
        self.call = call
        self.report = report

    def run(self, items: pa.Table) -> None:
        """Take the items from discovery to the published warehouse."""
        recognised = self._stage(items.num_rows, read.recognise, self.context, items)
        todo = items.filter(
            pa.array([o not in recognised for o in items["ordinal"].to_pylist()], pa.bool_())
        )
        if todo["reason"].null_count:
            tag.warm(self.context)
        todo = self._stage(todo.num_rows, read.fetch, self.context, todo)
        documents, signatures = self._stage(todo.num_rows, read.extract, self.context, todo)
        items = _with_fetched(items, todo)
        seen = latest_commit_id(self.context.lake)
        pairs = self._compare(documents, signatures)
        untagged = tag.untagged_contents(self.context, documents, signatures, pairs)
        mentions = self._stage(len(untagged), tag.tag, self.context, documents, untagged)
        tagged = tag.by_content(mentions, untagged)
        load = Stage(self._load, "load")
        _timed(self.context, self.call, items.num_rows, load, items, recognised, documents,
               signatures, pairs, seen, tagged)  # fmt: skip

    def _stage(self, rows: int, stage: Stage[..., Any], *args: Any) -> Any:
        return _timed(self.context, self.call, rows, stage, *args)

    def _compare(self, documents: pa.Table, signatures: pa.Table) -> pa.Table:
        return self._stage(signatures.num_rows, copies.compare, self.context, documents, signatures)

    def _load(
        self,
        items: pa.Table,
        recognised: dict[int, read.Known],
        documents: pa.Table,
        signatures: pa.Table,
        pairs: pa.Table,
        seen: int,
        tagged: dict[str, pa.Table],
    ) -> int:
        """Decide and write the batch as one commit. Returns the number of new revisions."""
        context = self.context
        with commit(context.lake) as writing:
            if writing.id != seen + 1:
                # Another ingest has committed since the comparison: it may hold the same texts.
                pairs = self._compare(documents, signatures)
            decisions = self._stage(
                items.num_rows, decide.decide, context, items, recognised, documents
            )
            fresh = decide.revisions(context, items, documents, decisions)
            changes = self._write_articles(writing, fresh, signatures, pairs, tagged)
            writing.append("item_events", decide.item_events(context, items, decisions))
            writing.append("rejects", decide.rejects(context, items, decisions))
            found = self.report.items_found + items.num_rows
            runs.note(context, writing, RunStatus.RUNNING, found)
        self._account(decisions, changes)
        return int(fresh.num_rows)

    def _write_articles(
        self,
        writing: Any,
        fresh: pa.Table,
        signatures: pa.Table,
        pairs: pa.Table,
        tagged: dict[str, pa.Table],
    ) -> list[StoryChange]:
        """Write new revisions and everything that follows from them."""
        if not fresh.num_rows:
            return []
        context = self.context
        articles = set(fresh["article_id"].to_pylist())
        contents = set(fresh["content_id"].to_pylist()) | decide.former_contents(context, articles)
        unsigned = copies.unsigned(context, signatures)
        writing.append("article_revisions", fresh)
        writing.append("article_texts", fresh)
        writing.append("signatures", unsigned)
        writing.append("copy_pairs", pairs)
        changed = self._stage(len(contents), copies.settle_copies, context, writing, contents)
        tag.write_tags(context, writing, tagged)
        originals = {article for article, original in changed.items() if original is None}
        changes: list[StoryChange] = self._stage(
            len(articles), stories.settle_stories, context, writing,
            articles | originals, articles | changed.keys(),
        )  # fmt: skip
        return changes

    def _account(self, decisions: list[decide.Decision], changes: list[StoryChange]) -> None:
        """Count the committed batch."""
        self.report.items_found += len(decisions)
        for decision in decisions:
            self.report.statuses[decision.status.value] += 1
            if decision.reason:
                self.report.reasons[Reason(decision.reason).value] += 1
        for change in changes:
            self.report.stories[change.story_id] = change


def _with_fetched(items: pa.Table, todo: pa.Table) -> pa.Table:
    """Return all items in order, those of `todo` as they are after fetching."""
    done = set(todo["ordinal"].to_pylist())
    rest = items.filter(pa.array([o not in done for o in items["ordinal"].to_pylist()], pa.bool_()))
    return pa.concat_tables([rest, todo]).sort_by("ordinal")
