"""The stage that finds copies: candidates from the warehouse, exact verification, the originals."""

from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from newsloom.duplicates import COPY_PAIR, Copy, Member, pair_table, settle, verify
from newsloom.duplicates.originals import Pair
from newsloom.fingerprints import NO_MASKS, SIGNATURE_VERSION, Masks
from tasks.boilerplate import Signed
from tasks.context import Context
from tasks.stage import stage
from warehouse import groups, known
from warehouse.boilerplate import masks_of
from warehouse.commit import Commit
from warehouse.groups import one_column
from warehouse.lake import Lake


@stage("compare")
def compare(
    context: Context, documents: pa.Table, signatures: pa.Table, masks: Masks = NO_MASKS
) -> pa.Table:
    """Return the verified COPY_PAIRs between the new contents and all contents known.

    `masks` are those of the new contents, as far as the warehouse does not know them.
    """
    return compare_with(context.lake, documents, unsigned(context.lake, signatures), masks)


def compare_with(
    lake: Lake, documents: pa.Table, fresh: pa.Table, masks: Masks = NO_MASKS
) -> pa.Table:
    """Return the COPY_PAIRs of contents that have no signature in the warehouse yet."""
    candidates = known.copy_candidates(lake, fresh, SIGNATURE_VERSION)
    same = candidates.filter(candidates["exact"])
    rest = candidates.filter(pc.invert(candidates["exact"]))
    pairs = list(zip(*(rest[c].to_pylist() for c in ("content_a", "content_b")), strict=True))
    commits = {c for some in rest["commits"].to_pylist() for c in some if c is not None}
    contents = {content for pair in pairs for content in pair}
    known_masks = {**masks_of(lake, contents), **masks}
    found = verify(pairs, _texts(lake, documents, contents, commits), known_masks)
    return pa.concat_tables([_exact(same), found])


def _exact(same: pa.Table) -> pa.Table:
    ones = pa.array([1.0] * same.num_rows, pa.float32())
    return pa.table([same["content_a"], same["content_b"], ones, ones], schema=COPY_PAIR)


def unsigned(lake: Lake, signatures: pa.Table) -> pa.Table:
    """Return the signatures of contents that the warehouse has none of."""
    contents = signatures["content_id"].to_pylist()
    stored = known.signed(lake, one_column("content_id", contents), SIGNATURE_VERSION)
    return signatures.filter(pa.array([c not in stored for c in contents], pa.bool_()))


def write_signatures(
    context: Context,
    commit: Commit,
    contents: set[str],
    signed: Signed,
    pairs: pa.Table | None,
) -> None:
    """Write the signatures of the contents that are written now, and the pairs they are in.

    Contents of items that turned out to be removed articles leave nothing behind. Without `pairs`
    they are looked for now.
    """
    fresh = unsigned(context.lake, signed.signatures)
    written = _only(fresh, contents)
    if pairs is None or written.num_rows < fresh.num_rows:
        # One that is not written may have stood for others with the same text.
        pairs = compare_with(context.lake, signed.documents, written, signed.masks)
    first = known.new_sets(context.lake, written, SIGNATURE_VERSION)
    commit.append("copy_bands", bands_of(written, first))
    commit.append("signatures", written)
    commit.append("copy_pairs", pairs)


def bands_of(signatures: pa.Table, contents: set[str]) -> pa.Table:
    """Return the rows of copy_bands for those of the contents that are given."""
    kept = _only(signatures, contents).combine_chunks()
    owners = pc.list_parent_indices(kept["copy_keys"])
    return pa.table(
        {"key": pc.list_flatten(kept["copy_keys"]), "content_id": kept["content_id"].take(owners)}
    )


def _only(signatures: pa.Table, contents: set[str]) -> pa.Table:
    keep = [content in contents for content in signatures["content_id"].to_pylist()]
    return signatures.filter(pa.array(keep, pa.bool_()))


def _texts(
    lake: Lake, documents: pa.Table, contents: set[str], commits: set[int]
) -> dict[str, str]:
    """Return the texts to compare: those at hand, else those that the commits wrote, else any."""
    columns = (documents[name].to_pylist() for name in ("content_id", "title", "text"))
    texts = {c: text or title or "" for c, title, text in zip(*columns, strict=True) if c}
    for among in (commits, set[int]()):
        if absent := contents - texts.keys():
            wanted = one_column("content_id", absent)
            stored = known.texts_of_contents(lake, wanted, among)
            texts.update({c: text or title for c, (title, text) in stored.items()})
    return texts


@stage("copies")
def settle_copies(context: Context, commit: Commit, contents: set[str]) -> dict[str, str | None]:
    """Write which articles copy which, in the groups that `contents` touch.

    Returns the articles for which that changed, with what they copy now (None: no copy).
    """
    lake = context.lake
    members = groups.copy_group(lake, contents).to_pylist()
    pairs = groups.copy_pairs(lake, contents)
    now, more = settle(
        [Member(**row) for row in members], _rows_of(pairs), partial(_look_again, lake)
    )
    commit.append("copy_pairs", pair_table(more))
    before = _stored(lake, {row["article_id"] for row in members})
    differ = {a for a in (row["article_id"] for row in members) if now.get(a) != before.get(a)}
    commit.append("copies", _rows(differ, now))
    # Once boilerplate is left out, a copy may be another kind of copy of the same original.
    return {
        a: now[a].original_id if a in now else None
        for a in differ
        if not (a in now and a in before and now[a].original_id == before[a].original_id)
    }


def _stored(lake: Lake, articles: set[str]) -> dict[str, Copy]:
    """Return which of the articles are copies now."""
    found = lake.query(
        "SELECT article_id, original_id, copy_kind, jaccard, containment "
        "FROM facts.live_copies SEMI JOIN wanted USING (article_id)",
        wanted=one_column("article_id", articles),
    )
    return {row.pop("article_id"): Copy(**row) for row in found.to_pylist()}


def _rows_of(pairs: pa.Table) -> list[Pair]:
    return list(zip(*(column.to_pylist() for column in pairs.columns), strict=True))


def _look_again(lake: Lake, pairs: set[tuple[str, str]]) -> list[Pair]:
    """Compare stored contents."""
    wanted = one_column("content_id", {content for pair in pairs for content in pair})
    stored = known.texts_of_contents(lake, wanted)
    texts = {content: text or title for content, (title, text) in stored.items()}
    return _rows_of(verify(pairs, texts, masks_of(lake, texts)))


_COPY = pa.schema(
    [
        ("article_id", pa.string()),
        ("original_id", pa.string()),
        ("copy_kind", pa.string()),
        ("jaccard", pa.float32()),
        ("containment", pa.float32()),
    ]
)


def _rows(articles: set[str], now: dict[str, Copy]) -> pa.Table:
    rows = [
        {"article_id": article, **(now[article]._asdict() if article in now else {})}
        for article in sorted(articles)
    ]
    return pa.Table.from_pylist(rows, schema=_COPY)
