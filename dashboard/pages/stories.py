"""Stories: the front page by growth, and one story with all that is known of it."""

from typing import Any

import altair as alt

from dashboard.charts import WIDTH, chart, hours_axis, of_rows
from dashboard.figures import Ask, Column, Figure, NotThere, figure
from dashboard.named import Named, named_figure
from dashboard.pages import page
from dashboard.words import differences

MOST_LANES = 30
MOST_REVISIONS = 10


@page("/stories", "stories.html", menu="Stories", windowed=True)
def front(ask: Ask) -> dict[str, Any]:
    """Fill the front page."""
    return {"front": front_page(ask), "q": ask.text("q"), "least": _least(ask)}


@figure("front_page")
def front_page(ask: Ask) -> Figure:
    """Ask for the stories that grew in the window."""
    return ask.figure(
        "front_page", "Stories by growth",
        (Column("new_articles", "New", "number"),
         Column("title", "Story", "text", "/stories/{story_id}"),
         Column("article_count", "Articles", "number"),
         Column("source_count", "Sources", "number", wide=True),
         Column("began_at", "Began (UTC)", "moment", wide=True),
         Column("top_entities", "Who and where", "list", wide=True)),
        empty="No story has new articles in this time. Try a longer window, or stories of one.",
        note="New: articles first seen in the window.",
        query={"q": ask.text("q"), "least": str(_least(ask))},
        since=ask.since, least=_least(ask), q=ask.text("q"),
    )  # fmt: skip


def _least(ask: Ask) -> int:
    return ask.number("least", 2, 1000)


@page("/stories/{story_id}", "story.html")
def story(ask: Ask) -> dict[str, Any]:
    """Fill the page of a story."""
    facts = story_facts(ask)
    revisions = story_revisions(ask)
    return {
        "facts": facts, "story": facts.one, "articles": story_articles(ask),
        "timeline": story_timeline(ask),
        "evidence": story_evidence(ask), "entities": story_entities(ask),
        "history": story_events(ask), "neighbours": story_neighbours(ask),
        "revisions": revisions,
        "diffs": [(row, differences(row)) for row in revisions.rows[:MOST_REVISIONS]],
    }  # fmt: skip


def _story_id(ask: Ask) -> str:
    """Return the story that the address names: by its id, a former id, or the start of one."""
    given = ask.text("story_id")
    if ask.rows("SELECT 1 FROM facts.live_stories WHERE story_id = $story_id", story_id=given):
        return given
    found = Named(ask.snapshot).rows("find_story", text=given)
    if len(found) != 1:
        raise NotThere(f"No story has the id {given!r}." if not found else "This fits several.")
    return str(found[0]["story_id"])


def _of_story(ask: Ask, name: str, title: str, *columns: Column, **words: str) -> Figure:
    """Ask a question about the story that the address names."""
    story_id = _story_id(ask)
    query = {"story_id": story_id}
    return ask.figure(name, title, columns, query=query, story_id=story_id, **words)


@figure("story")
def story_facts(ask: Ask) -> Figure:
    """Ask for the story itself."""
    return _of_story(ask, "story", "The story")


@figure("story_articles")
def story_articles(ask: Ask) -> Figure:
    """Ask for its articles, copies last."""
    return _of_story(
        ask, "story_articles", "Articles",
        Column("told_at", "Told (UTC)", "moment"),
        Column("title", "Headline", "text", "/articles/{article_id}"),
        Column("source", "Source"), Column("words", "Words", "word"),
        Column("revision", "Revision", "number", wide=True),
        Column("word_count", "Length", "number", wide=True),
        Column("address", "Address", "link", wide=True),
        note="Told: when it was published, or, of undated ones, first seen.",
    )  # fmt: skip


@figure("story_timeline")
def story_timeline(ask: Ask) -> Figure:
    """Ask for when which source told it."""
    return _of_story(
        ask, "story_timeline", "Who told it when",
        Column("told_at", "Told (UTC)", "moment"), Column("source", "Source"),
        Column("words", "Words", "word"),
    )  # fmt: skip


@chart("story_timeline")
def draw_timeline(rows: list[dict[str, Any]], ask: Ask, colours: dict[str, str]) -> Any:
    """Draw each article as a mark in the lane of its source, at the time it was told."""
    lanes = list(dict.fromkeys(row["source"] for row in sorted(rows, key=lambda r: r["told_at"])))
    shown = set(lanes[:MOST_LANES])
    marks = [
        {"told_at": row["told_at"], "source": row["source"][:40], "words": row["words"]}
        for row in rows
        if row["source"] in shown
    ]
    words = alt.Scale(domain=["own words", "copy"], range=[colours["new"], colours["unchanged"]])
    return (
        alt.Chart(of_rows(marks))
        .mark_circle(size=90, opacity=0.85)
        .encode(
            hours_axis("told_at"),
            alt.Y("source:N", title=None, sort=None, axis=alt.Axis(grid=True, labelLimit=180)),
            alt.Color("words:N", scale=words),
        )
        .properties(width=WIDTH, height=max(24 * len(shown), 60))
    )  # fmt: skip


@figure("story_evidence")
def story_evidence(ask: Ask) -> Figure:
    """Ask for what joins its articles."""
    return _of_story(
        ask, "story_evidence", "What joins them",
        Column("score", "Score", "number"),
        Column("title_a", "One", "text", "/articles/{article_a}"),
        Column("title_b", "Other", "text", "/articles/{article_b}"),
        Column("shared_entities", "Both name", "list"),
        Column("shared_words", "Rare words in both", "list"),
        empty="Nothing links its articles: it is one article, or one with its copies.",
        note="The score is the model's probability that two articles report one event; the mean "
        "over a story's pairs decides.",
    )  # fmt: skip


@figure("story_entities")
def story_entities(ask: Ask) -> Figure:
    """Ask for who and what its articles name."""
    return _of_story(
        ask, "story_entities", "Who and where",
        Column("name", "Name", "text", "/entities/{entity_id}"), Column("type", "Type", "word"),
        Column("articles", "Articles", "number"), Column("mentions", "Mentions", "number"),
        empty="Its articles name nobody.",
    )  # fmt: skip


@figure("story_events")
def story_events(ask: Ask) -> Figure:
    """Ask for how it came about: created, merged, split."""
    return _of_story(
        ask, "story_events", "History of the story",
        Column("happened_at", "When (UTC)", "moment"), Column("event", "Event", "word"),
        Column("other_story_id", "Other story", "code", "/stories/{other_story_id}"),
        Column("article_count", "Articles", "number"),
        Column("run_id", "Run", "code", "/runs/{run_id}", wide=True),
        empty="It was neither merged nor split.",
    )  # fmt: skip


@figure("story_neighbours")
def story_neighbours(ask: Ask) -> Figure:
    """Ask for the stories that links lead to, and the same event in other languages."""
    return _of_story(
        ask, "story_neighbours", "Stories near it, and in other languages",
        Column("relation", "Relation", "word"),
        Column("title", "Story", "text", "/stories/{story_id}"),
        Column("began_at", "Began (UTC)", "moment", wide=True),
        Column("article_count", "Articles", "number"),
        Column("linked_pairs", "Linked pairs", "number", wide=True),
        Column("score", "Score", "number"),
        empty="None is known.",
        note="Near: an article of one is linked to an article of the other, too weakly to join.",
    )  # fmt: skip


@figure("story_revisions")
def story_revisions(ask: Ask) -> Figure:
    """Ask for what changed in its articles after they were first read."""
    story_id = _story_id(ask)
    # To find the texts takes a quarter of a second, and most stories have none to compare.
    revised = ask.rows("SELECT 1 FROM facts.live_story_articles WHERE story_id = $story_id "
                       "AND revision > 1 LIMIT 1", story_id=story_id)  # fmt: skip
    return named_figure(
        ask, "story_revisions", "story_revisions", "Changed after they were first read",
        (Column("seen_at", "Seen (UTC)", "moment"), Column("revision", "Revision", "number"),
         Column("title", "Headline", "text", "/articles/{article_id}")),
        {"story_id": story_id}, empty="No article of it has changed.", asked=bool(revised),
        story=story_id,
    )  # fmt: skip
