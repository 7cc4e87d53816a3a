"""The stage that tags entities: each content once, and copies not at all."""

import pyarrow as pa

from newsloom.entities import TAGGER_VERSION
from newsloom.pool.process import WorkerDied
from newsloom.schema import MENTION
from tasks.chunked import run_chunks
from tasks.context import Context
from tasks.stage import stage
from warehouse.commit import Commit
from warehouse.groups import one_column

WARM = "newsloom.entities:warm"
_FIELDS = ["content_id", "title", "text", "language"]


def warm(context: Context) -> None:
    """Let a worker load the model while the stages before this one run."""
    context.pool.warm(WARM)


@stage("tag")
def tag(context: Context, documents: pa.Table, untagged: set[str]) -> pa.Table:
    """Return the mentions in the contents named, with the content's id for the article's."""
    seen: set[str] = set()
    keep = []
    for content in documents["content_id"].to_pylist():
        keep.append(content in untagged and content not in seen)
        seen.add(content)
    chosen = documents.select(_FIELDS).filter(pa.array(keep, pa.bool_()))
    chosen = chosen.rename_columns(["article_id", *_FIELDS[1:]])
    if not chosen.num_rows:
        return MENTION.empty_table()
    return pa.concat_tables(
        run_chunks(context, "newsloom.entities:tag", chosen, "text", on_death=_none, warmed_by=WARM)
    )


def _none(article: pa.Table, death: WorkerDied) -> pa.Table:
    """An article that ends the tagger has no mentions: it is kept all the same."""
    return MENTION.empty_table()


def write_tags(context: Context, commit: Commit, tagged: dict[str, pa.Table]) -> None:
    """Write the mentions of every original that has none yet: those at hand, else tagged now."""
    wanted = context.lake.query(
        "SELECT r.article_id, r.revision, r.content_id, r.title, t.text, r.language "
        "FROM facts.live_revisions AS r "
        "JOIN facts.article_texts AS t USING (article_id, revision) "
        "ANTI JOIN facts.live_copies AS c ON c.article_id = r.article_id "
        "ANTI JOIN facts.taggings AS g ON g.article_id = r.article_id AND g.revision = r.revision "
        "ORDER BY r.article_id"
    )
    if not wanted.num_rows:
        return
    absent = set(wanted["content_id"].to_pylist()) - tagged.keys()
    mentions = by_content(tag(context, wanted, absent), absent)
    _write(commit, wanted, {**tagged, **mentions})


def by_content(mentions: pa.Table, contents: set[str]) -> dict[str, pa.Table]:
    """Return the mentions of each content; an empty table where there is none."""
    of = mentions["article_id"].to_pylist()
    result = dict.fromkeys(contents, MENTION.empty_table())
    start = 0
    for row in range(1, len(of) + 1):
        # Rows of one content stand together, as the tagger returns them.
        if row == len(of) or of[row] != of[start]:
            result[of[start]] = mentions.slice(start, row - start)
            start = row
    return result


def _write(commit: Commit, wanted: pa.Table, mentions: dict[str, pa.Table]) -> None:
    tables, taggings = [], []
    columns = (wanted[name].to_pylist() for name in ("article_id", "revision", "content_id"))
    for article, revision, content in zip(*columns, strict=True):
        table = mentions[content]
        tables.append(_of_article(table, article, revision))
        taggings.append(
            {
                "article_id": article,
                "revision": revision,
                "tagger_version": TAGGER_VERSION,
                "entity_ids": sorted(set(table["entity_id"].to_pylist())),
            }
        )
    everything = pa.concat_tables(tables)
    commit.append("mentions", everything)
    commit.append("entities", _new_entities(commit, everything))
    commit.append("taggings", pa.Table.from_pylist(taggings, schema=_TAGGING))


_TAGGING = pa.schema(
    [
        ("article_id", pa.string()),
        ("revision", pa.int32()),
        ("tagger_version", pa.int32()),
        ("entity_ids", pa.list_(pa.string())),
    ]
)


def _of_article(mentions: pa.Table, article: str, revision: int) -> pa.Table:
    rows = mentions.num_rows
    return mentions.set_column(
        0, "article_id", pa.array([article] * rows, pa.string())
    ).append_column("revision", pa.array([revision] * rows, pa.int32()))


def _new_entities(commit: Commit, mentions: pa.Table) -> pa.Table:
    """Return one row for each entity, and each name of it, that the warehouse does not have."""
    return commit.lake.query(
        "SELECT DISTINCT entity_id, name, type, wikidata_id, country_code, latitude, longitude "
        "FROM found ANTI JOIN facts.entities USING (entity_id, name) ORDER BY entity_id, name",
        found=mentions,
    )


def untagged_contents(
    context: Context, documents: pa.Table, signatures: pa.Table, pairs: pa.Table
) -> set[str]:
    """Return the contents that look new: neither known nor copies of one known or of each other.

    It need not be exact, only cheap: what turns out an original after all is tagged with the
    commit.
    """
    contents = signatures["content_id"].to_pylist()
    known = context.lake.query(
        "SELECT content_id FROM facts.signatures SEMI JOIN wanted USING (content_id)",
        wanted=one_column("content_id", contents),
    )
    result = set(contents) - set(known["content_id"].to_pylist())
    for a, b in zip(pairs["content_a"].to_pylist(), pairs["content_b"].to_pylist(), strict=True):
        if a not in result or b in result:
            result.discard(b)
        elif b not in result:
            result.discard(a)
    return result
