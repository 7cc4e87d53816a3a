"""The stages that link stories of different languages into events.

Where all articles are of one language, neither does more than look which languages there are.
"""

from collections.abc import Iterable

import pyarrow as pa

from newsloom import events
from newsloom.language import UNDETERMINED
from newsloom.pool.process import WorkerDied
from newsloom.scoring import EVIDENCE
from tasks.chunked import run_chunks
from tasks.context import Context
from tasks.stage import stage
from warehouse import event_groups as groups
from warehouse.commit import Commit
from warehouse.groups import texts_of

_FIELDS = ["content_id", "title", "text", "language"]


@stage("marks")
def mark(context: Context, documents: pa.Table) -> pa.Table:
    """Return the MARKS of the batch's contents, none where all news is of one language."""
    rows = documents.select(_FIELDS)
    keep, seen = [], set()
    for content, language in zip(*(rows[c].to_pylist() for c in ("content_id", "language")),
                                 strict=True):  # fmt: skip
        known = content is not None and language not in (None, UNDETERMINED)
        keep.append(known and content not in seen)
        seen.add(content)
    rows = rows.filter(pa.array(keep, pa.bool_()))
    here = set(rows["language"].to_pylist())
    if not here or len(here | groups.languages(context.lake)) < 2:
        return events.MARKS.empty_table()
    return _marked(context, rows)


def _marked(context: Context, rows: pa.Table) -> pa.Table:
    if not rows.num_rows:
        return events.MARKS.empty_table()
    return pa.concat_tables(
        run_chunks(context, "newsloom.events:mark", rows, "text", on_death=_none)
    )


def _none(article: pa.Table, death: WorkerDied) -> pa.Table:
    """An article that ends its worker has no marks: it is in no event."""
    return events.MARKS.empty_table()


@stage("events")
def settle_events(
    context: Context, commit: Commit, fresh: set[str], marks: pa.Table
) -> list[events.Event]:
    """Write what the batch does to the events, and return those it touched.

    fresh: articles to link. marks: those made ahead. To be called inside the commit, after the
    stories were settled.
    """
    if len(groups.languages(context.lake)) < 2:
        return []
    model = events.load()
    new = groups.originals(context.lake, fresh)
    if new.num_rows:
        _link(context, commit, new, marks, model)
    touched = groups.stories_touched(context.lake, commit.id, fresh)
    around = groups.around(context.lake, touched)
    stories = [
        events.story(story_id, languages)
        for story_id, languages in sorted(around.languages.items())
    ]
    found = events.events(stories, around.edges, model)
    _write_members(commit, found, around.events)
    return found


def _link(
    context: Context, commit: Commit, new: pa.Table, marks: pa.Table, model: events.Model
) -> None:
    stored = groups.originals_around(context.lake, new, model.window_days)
    if not stored.num_rows and len(set(new["language"].to_pylist())) < 2:
        return
    _write_marks(context, commit, pa.concat_tables([new, stored]), marks)
    version = events.MARKS_VERSION
    edges = events.link(
        groups.marked(context.lake, new, version),
        groups.marked(context.lake, stored, version),
        model,
    )
    if edges.num_rows:
        _write_edges(context, commit, edges)


def _write_marks(context: Context, commit: Commit, articles: pa.Table, made: pa.Table) -> None:
    """Write the marks that the articles lack: those at hand, else made now."""
    contents = articles["content_id"].to_pylist()
    lacking = groups.unmarked(context.lake, contents, events.MARKS_VERSION)
    wanted = set(lacking["content_id"].to_pylist())
    ready = _only(made, wanted)
    rest = wanted - set(ready["content_id"].to_pylist())
    commit.append("event_marks", pa.concat_tables([ready, _marked(context, _only(lacking, rest))]))


def _only(table: pa.Table, contents: set[str]) -> pa.Table:
    keep = [content in contents for content in table["content_id"].to_pylist()]
    return table.filter(pa.array(keep, pa.bool_()))


def _write_edges(context: Context, commit: Commit, edges: pa.Table) -> None:
    dressed = context.lake.query(
        "SELECT e.*, a.revision AS revision_a, b.revision AS revision_b "
        "FROM edges AS e "
        "JOIN facts.live_revisions AS a ON a.article_id = e.article_a "
        "JOIN facts.live_revisions AS b ON b.article_id = e.article_b "
        "ANTI JOIN facts.event_edges AS known ON known.article_a = e.article_a "
        "AND known.article_b = e.article_b AND known.revision_a = a.revision "
        "AND known.revision_b = b.revision ORDER BY e.article_a, e.article_b",
        edges=edges,
    )
    commit.append("event_edges", dressed.append_column("evidence", _evidence(context, dressed)))


def _evidence(context: Context, edges: pa.Table) -> pa.Array:
    """Return, for each edge, what the two articles share."""
    pairs = list(zip(edges["article_a"].to_pylist(), edges["article_b"].to_pylist(), strict=True))
    known = _named_marks(context, {article for pair in pairs for article in pair})
    rows = [[line._asdict() for line in events.evidence(known[a], known[b])] for a, b in pairs]
    return pa.array(rows, EVIDENCE)


def _named_marks(context: Context, articles: Iterable[str]) -> dict[str, list[events.Mark]]:
    texts = texts_of(context.lake, articles)
    return {article: events.marks(*words) for article, *words in texts}


def _write_members(commit: Commit, found: list[events.Event], before: dict[str, str]) -> None:
    now = {story: (event.event_id, event.cohesion) for event in found for story in event.story_ids}
    rows: list[dict[str, object]] = [
        {"story_id": story, "event_id": event_id, "cohesion": cohesion}
        for story, (event_id, cohesion) in sorted(now.items())
    ]
    rows += [
        {"story_id": story, "event_id": None, "cohesion": None}
        for story in sorted(before.keys() - now.keys())
    ]
    commit.append("event_members", pa.Table.from_pylist(rows, schema=_MEMBER))


_MEMBER = pa.schema(
    [("story_id", pa.string()), ("event_id", pa.string()), ("cohesion", pa.float32())]
)
