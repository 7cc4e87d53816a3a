"""The stage that keeps the stories: new edges, reclustered components, ids and history."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pyarrow as pa

from newsloom import stories
from newsloom.fingerprints import SIGNATURE_VERSION
from newsloom.ids import story_id
from newsloom.vocabulary import StoryEvent
from tasks.context import Context, utc_now
from tasks.stage import stage
from warehouse import groups
from warehouse.commit import Commit
from warehouse.groups import one_column


def warm() -> None:
    """Import, in a thread of its own, what the stage needs while the tagger is at work."""

    def load() -> None:
        import sparse_dot_topn  # noqa: F401

        stories.wording("", "warm", "en")

    threading.Thread(target=load, daemon=True).start()


_NONE_GONE: Mapping[str, str | None] = {}


class StoryChange(NamedTuple):
    """A story that a batch made or changed."""

    story_id: str
    event: str
    article_count: int


@stage("stories")
def settle_stories(
    context: Context,
    commit: Commit,
    fresh: set[str],
    touched: set[str],
    gone: Mapping[str, str | None] = _NONE_GONE,
) -> list[StoryChange]:
    """Write what the batch does to the stories.

    fresh: articles to link, new, revised or no copies any more. touched: these, the articles that
    became copies, and those that were removed. gone: the removed ones, with the former copy that
    goes on in their place, None where there is none. To be called inside the commit, after
    articles, copies and tags were written.
    """
    model = stories.load()
    _write_edges(context, commit, _link(context, fresh, model))
    touched = touched | set(groups.copies_of(context.lake, touched).values())
    parts = _parts(context, touched, model)
    affected = set[str]().union(*(members for members, _ in parts))
    profiles = groups.profiles(context.lake, affected, SIGNATURE_VERSION)
    edges = groups.edges_at(context.lake, affected, model.join_score)
    found = stories.clusters(profiles.cast(stories.PROFILE), edges, model, parts)
    stored = groups.stories_of(context.lake, affected)
    copies = groups.copies_of(context.lake, stored)
    heirs = {article: heir for article, heir in gone.items() if heir and article in stored}
    before = _handed_over(stored, copies | heirs)
    candidates = {story_id(article) for cluster in found for article in cluster.article_ids}
    taken = groups.stories_elsewhere(context.lake, candidates, affected)
    named = stories.assign(found, before, taken)
    happenings = stories.history(named, before)
    _write_membership(commit, named, stored, copies.keys() | gone.keys())
    _write_history(context, commit, happenings)
    shown = (StoryEvent.CREATED, StoryEvent.GREW)
    return [
        StoryChange(h.story_id, h.event, h.article_count) for h in happenings if h.event in shown
    ]


def _parts(context: Context, touched: set[str], model: stories.Model) -> list[stories.Part]:
    """Return the articles whose stories may be others now, in the parts that hold together."""

    def edges(articles: set[str]) -> list[tuple[str, str, float]]:
        return groups.edges_at(context.lake, articles, model.join_score)

    former = groups.gone_neighbours(context.lake, touched, model.join_score)
    around = groups.articles_around(context.lake, touched, context.settings.stories.window_days)
    return stories.reach(touched, former, around, edges, model)


def _handed_over(stored: dict[str, str], copies: dict[str, str]) -> dict[str, str]:
    """Return the story of each article, an original's being that of the articles that now copy it.

    copies: also the removed articles, with those that took their place.

    The words that a story consists of have stayed in it, so it goes on, under its id.
    """
    before = dict(stored)
    for copy, original in sorted(copies.items()):
        if before.setdefault(original, stored[copy]) == stored[copy]:
            del before[copy]
    return before


def _link(context: Context, fresh: set[str], model: stories.Model) -> pa.Table:
    window = context.settings.stories.window_days
    new = groups.profiles(context.lake, fresh, SIGNATURE_VERSION)
    around = groups.profiles_around(context.lake, fresh, SIGNATURE_VERSION, window)
    columns = stories.PROFILE.names
    new, around = (t.select(columns).cast(stories.PROFILE) for t in (new, around))
    return stories.link(new, around, window, model)


def _write_edges(context: Context, commit: Commit, edges: pa.Table) -> None:
    evidence = _evidence(context, edges)
    dressed = context.lake.query(
        "SELECT e.*, a.revision AS revision_a, b.revision AS revision_b "
        "FROM edges AS e "
        "JOIN facts.live_revisions AS a ON a.article_id = e.article_a "
        "JOIN facts.live_revisions AS b ON b.article_id = e.article_b "
        "ANTI JOIN facts.story_edges AS known ON known.article_a = e.article_a "
        "AND known.article_b = e.article_b AND known.revision_a = a.revision "
        "AND known.revision_b = b.revision",
        edges=edges.append_column("evidence", evidence),
    )
    commit.append("story_edges", dressed)


def _evidence(context: Context, edges: pa.Table) -> pa.Array:
    """Return, for each edge, what the two articles share."""
    pairs = list(zip(edges["article_a"].to_pylist(), edges["article_b"].to_pylist(), strict=True))
    if not pairs:
        return pa.array([], stories.EVIDENCE)
    articles = {article for pair in pairs for article in pair}
    wordings = _wordings(context, articles)
    names = _entity_names(context, articles)
    rows = []
    for a, b in pairs:
        shared = sorted(names[a].keys() & names[b].keys())
        shared.sort(key=lambda name: -min(names[a][name], names[b][name]))
        found = stories.evidence(wordings[a], wordings[b], shared)
        rows.append([line._asdict() for line in found])
    return pa.array(rows, stories.EVIDENCE)


def _wordings(context: Context, articles: Iterable[str]) -> dict[str, stories.Wording]:
    texts = groups.texts_of(context.lake, articles)
    return {article: stories.wording(*words) for article, *words in texts}


def _entity_names(context: Context, articles: set[str]) -> dict[str, dict[str, int]]:
    """Return, for each article, the names of its entities and how often it mentions them."""
    found = context.lake.query(
        "SELECT article_id, e.name, count(*) AS times FROM facts.mentions "
        "SEMI JOIN wanted USING (article_id) SEMI JOIN facts.live_revisions USING (article_id, "
        "revision) JOIN entities AS e USING (entity_id) GROUP BY ALL",
        wanted=one_column("article_id", articles),
    )
    names: dict[str, dict[str, int]] = {article: {} for article in articles}
    for row in found.to_pylist():
        names[row["article_id"]][row["name"]] = row["times"]
    return names


def _write_membership(
    commit: Commit,
    named: list[tuple[str, stories.Cluster]],
    stored: dict[str, str],
    copies: Iterable[str],
) -> None:
    moved: list[dict[str, str | None]] = [
        {"article_id": article, "story_id": None} for article in sorted(copies)
    ]
    states: list[dict[str, object]] = []
    were: dict[str, set[str]] = defaultdict(set)
    for article, story in stored.items():
        were[story].add(article)
    for name, cluster in named:
        here = [a for a in cluster.article_ids if stored.get(a) != name]
        left = were[name] - set(cluster.article_ids)
        moved.extend({"article_id": article, "story_id": name} for article in here)
        if here or left:
            states.append(
                {
                    "story_id": name,
                    "representative_id": cluster.article_ids[0],
                    "title_article_id": cluster.title_article_id,
                    "cohesion": cluster.cohesion,
                    "raised_to": cluster.raised_to,
                }
            )
    commit.append("story_members", pa.Table.from_pylist(moved))
    commit.append("story_states", pa.Table.from_pylist(states, schema=_STATE))


_STATE = pa.schema(
    [
        ("story_id", pa.string()),
        ("representative_id", pa.string()),
        ("title_article_id", pa.string()),
        ("cohesion", pa.float32()),
        ("raised_to", pa.float32()),
    ]
)


def _write_history(context: Context, commit: Commit, happenings: list[stories.Happening]) -> None:
    at = utc_now()
    rows = [
        {**h._asdict(), "event": h.event.value, "run_id": context.run_id, "happened_at": at}
        for h in happenings
    ]
    commit.append("story_events", pa.Table.from_pylist(rows, schema=_EVENT))


_EVENT = pa.schema(
    [
        ("story_id", pa.string()),
        ("event", pa.string()),
        ("other_story_id", pa.string()),
        ("article_count", pa.int32()),
        ("run_id", pa.string()),
        ("happened_at", pa.timestamp("us")),
    ]
)
