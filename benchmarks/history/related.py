"""Made-up facts of articles: words, entities, copies and stories."""

from collections import Counter

import numpy as np
import pyarrow as pa

from benchmarks.history.collected import Past
from benchmarks.history.items import NEW, REVISED
from benchmarks.history.telling import Article
from benchmarks.history.words import entities
from newsloom.ids import content_id, digest

EDGE_SCORES = (0.55, 0.98)
_EVIDENCE = pa.list_(pa.struct([
    ("kind", pa.string()), ("name", pa.string()), ("weight", pa.float32()),
]))  # fmt: skip
_FEATURES = pa.map_(pa.string(), pa.float32())
_TAGGER_VERSION = 1
_MODEL_VERSION = 1


def facts(past: Past) -> dict[str, pa.Table]:
    """Return the rows by fact table."""
    ids = past.article_ids.to_pylist()
    new = np.flatnonzero(past.items.status == NEW)
    commits = dict(
        zip(past.items.article[new].tolist(), past.items.commit[new].tolist(), strict=True)
    )
    found = [(n, ids[n], commits[n], article) for n, article in past.articles.items()]
    return {
        **_revisions(past),
        "entities": _entities(),
        **_tagged(found),
        "copies": _copies(found, ids),
        **_stories(past, found, ids),
    }


Found = list[tuple[int, str, int, Article]]
"""Of each article the number, the id, the commit, and what it says."""


def _revisions(past: Past) -> dict[str, pa.Table]:
    items, plan = past.items, past.plan
    at = np.flatnonzero((items.status == NEW) | (items.status == REVISED))
    numbers, revisions = items.article[at].tolist(), items.revision[at]
    told = [past.articles[number] for number in numbers]
    texts = [
        a.told.text
        + ("" if revision == 1 else "\n\nThis report was updated as a correction came in.")
        for a, revision in zip(told, revisions.tolist(), strict=True)
    ]
    titles = [article.title for article in told]
    sources = [plan.sources[number] for number in items.source[at].tolist()]
    folder = np.array([s.folder for s in sources])
    urls = past.urls.take(pa.array(items.article[at]))
    web = pa.array(urls.to_numpy(False), mask=folder)
    undated = plan.chance.random(len(at)) < [s.undated for s in sources]
    ids = past.article_ids.take(pa.array(items.article[at]))
    same = {"commit_id": items.commit[at], "article_id": ids, "revision": revisions.astype("int32")}
    published = np.where(undated, items.seen[at], plan.published[items.article[at]])
    return {
        "article_revisions": pa.table({
            **same, "run_id": past.run_ids.take(pa.array(items.run[at])),
            "content_id": [content_id(t, x) for t, x in zip(titles, texts, strict=True)],
            "source": [s.name for s in sources], "url": web, "canonical_url": web, "title": titles,
            "authors": [[] for _ in told],
            "published_at": past.times(published), "published_precision": ["second"] * len(at),
            "published_from": np.where(undated, "fetched", np.where(folder, "document", "page")),
            "published_doubt": pa.array([None] * len(at), pa.string()),
            "description": [text.split("\n", 1)[0][:200] for text in texts],
            "site_name": [s.name.partition(".")[0].replace("-", " ").title() for s in sources],
            "language": [s.language for s in sources],
            "language_confidence": np.full(len(at), 0.99, "float32"),
            "word_count": np.array([a.told.words for a in told], "int32"),
            "locator": urls, "seen_at": past.times(items.seen[at]),
        }),
        "article_texts": pa.table({**same, "text": texts}),
    }  # fmt: skip


def _entities() -> pa.Table:
    known = [entity for of_type in entities().values() for entity in of_type]
    return pa.table({
        "commit_id": [1] * len(known),
        **{name: [getattr(entity, name) for entity in known]
           for name in ("entity_id", "name", "type", "wikidata_id", "country_code", "latitude",
                        "longitude")},
    })  # fmt: skip


def _tagged(found: Found) -> dict[str, pa.Table]:
    own = [row for row in found if row[3].original is None]
    named = [
        (commit, id_, entity.entity_id, entity.type, entity.name, start, end)
        for _, id_, commit, article in own
        for entity, start, end in article.told.mentions
    ]
    columns = list(zip(*named, strict=True)) or [()] * 7
    names = ("commit_id", "article_id", "entity_id", "type", "surface", "char_start", "char_end")
    return {
        "taggings": pa.table({
            "commit_id": [row[2] for row in own], "article_id": [row[1] for row in own],
            "revision": np.ones(len(own), "int32"),
            "tagger_version": np.full(len(own), _TAGGER_VERSION, "int32"),
            "entity_ids": [
                list(dict.fromkeys(e.entity_id for e, _, _ in row[3].told.mentions)) for row in own
            ],
        }),
        "mentions": pa.table({
            **dict(zip(names, map(list, columns), strict=True)),
            "revision": np.ones(len(named), "int32"), "in_title": np.zeros(len(named), bool),
        }),
    }  # fmt: skip


def _copies(found: Found, ids: list[str]) -> pa.Table:
    rows = [
        {"commit_id": commit, "article_id": id_, "original_id": ids[article.original],
         "copy_kind": "exact", "jaccard": 1.0, "containment": 1.0}
        for _, id_, commit, article in found if article.original is not None
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=_COPY)


_COPY = pa.schema([
    ("commit_id", pa.int64()), ("article_id", pa.string()), ("original_id", pa.string()),
    ("copy_kind", pa.string()), ("jaccard", pa.float32()), ("containment", pa.float32()),
])  # fmt: skip


def _stories(past: Past, found: Found, ids: list[str]) -> dict[str, pa.Table]:
    own = [row for row in found if row[3].original is None]
    commits = [row[2] for row in own]
    story_ids = [digest("s", ids[article.story.members[0]]) for *_, article in own]
    first = [ids[article.story.members[0]] for *_, article in own]
    counts = _counts(own)
    at = past.commits.at[np.array(commits, np.int64) - 1]
    runs = past.run_ids.take(pa.array(past.commits.run[np.array(commits, np.int64) - 1]))
    cohesion = past.plan.chance.uniform(*EDGE_SCORES, len(own)).astype("float32")
    return {
        "story_edges": _edges(past, own, ids),
        "story_members": pa.table({
            "commit_id": commits, "article_id": [row[1] for row in own], "story_id": story_ids,
        }),
        "story_states": pa.table({
            "commit_id": commits, "story_id": story_ids, "representative_id": first,
            "title_article_id": first,
            "cohesion": pa.array(cohesion, mask=np.array(counts, np.int64) < 2),
        }),
        "story_events": pa.table({
            "commit_id": commits, "run_id": runs, "story_id": story_ids,
            "happened_at": past.times(at),
            "event": ["created" if count == 1 else "grew" for count in counts],
            "article_count": np.array(counts, "int32"),
        }),
    }  # fmt: skip


def _counts(own: Found) -> list[int]:
    """Return how many articles its story had after each one."""
    so_far: Counter[int] = Counter()
    counts = []
    for *_, article in own:
        so_far[article.story.number] += 1
        counts.append(so_far[article.story.number])
    return counts


def _edges(past: Past, own: Found, ids: list[str]) -> pa.Table:
    pairs = [
        (commit, min(id_, ids[article.linked]), max(id_, ids[article.linked]), article.story.event)
        for _, id_, commit, article in own if article.linked is not None
    ]  # fmt: skip
    scores = past.plan.chance.uniform(*EDGE_SCORES, len(pairs))
    features = [
        [("term_cosine", 0.6 * score), ("title_overlap", 0.5 * score), ("days_apart", 0.1)]
        for score in scores.tolist()
    ]
    evidence = [
        [{"kind": "term", "name": event.noun, "weight": 4.0},
         {"kind": "entity", "name": event.of["person"].name, "weight": 6.0}]
        for *_, event in pairs
    ]  # fmt: skip
    ones = np.ones(len(pairs), "int32")
    return pa.table({
        "commit_id": pa.array([pair[0] for pair in pairs], pa.int64()),
        "article_a": pa.array([pair[1] for pair in pairs], pa.string()), "revision_a": ones,
        "article_b": pa.array([pair[2] for pair in pairs], pa.string()), "revision_b": ones,
        "score": scores.astype("float32"), "features": pa.array(features, _FEATURES),
        "evidence": pa.array(evidence, _EVIDENCE), "model_version": ones * _MODEL_VERSION,
    })  # fmt: skip
