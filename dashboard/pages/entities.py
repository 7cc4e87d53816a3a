"""Entities: who and what the news names, and one of them with its articles and company."""

from typing import Any

from dashboard.figures import Ask, Column, Figure, NotThere, figure
from dashboard.pages import page
from newsloom.vocabulary import EntityType


@page("/entities", "entities.html", menu="Entities")
def entities(ask: Ask) -> dict[str, Any]:
    """Fill the list."""
    return {
        "q": ask.text("q"), "type": _type(ask), "types": [kind.value for kind in EntityType],
        "found": entity_list(ask),
    }  # fmt: skip


def _type(ask: Ask) -> str:
    given = ask.text("type", 20)
    return given if given in {kind.value for kind in EntityType} else ""


@figure("entity_list")
def entity_list(ask: Ask) -> Figure:
    """Ask for the entities by how many articles name them."""
    return ask.figure(
        "entity_list", "Who and where",
        (Column("name", "Name", "text", "/entities/{entity_id}"), Column("type", "Type", "word"),
         Column("article_count", "Articles", "number"),
         Column("country_code", "Country", wide=True),
         Column("wikidata_id", "Wikidata", "code", wide=True)),
        empty="No entity has this in its name.", query={"q": ask.text("q"), "type": _type(ask)},
        q=ask.text("q"), type=_type(ask),
    )  # fmt: skip


@page("/entities/{entity_id}", "entity.html")
def entity(ask: Ask) -> dict[str, Any]:
    """Fill the page of an entity."""
    facts = entity_facts(ask)
    if not facts.rows:
        raise NotThere(f"No entity has the id {ask.text('entity_id')!r}.")
    return {
        "facts": facts, "entity": facts.one, "articles": entity_articles(ask),
        "stories": entity_stories(ask), "together": entity_together(ask),
    }  # fmt: skip


def _of_entity(ask: Ask, name: str, title: str, *columns: Column, **words: str) -> Figure:
    """Ask a question about the entity that the address names."""
    given = ask.text("entity_id")
    return ask.figure(name, title, columns, query={"entity_id": given}, entity_id=given, **words)


@figure("entity")
def entity_facts(ask: Ask) -> Figure:
    """Ask for the entity itself."""
    return _of_entity(ask, "entity", "The entity")


@figure("entity_articles")
def entity_articles(ask: Ask) -> Figure:
    """Ask for the articles that name it, the latest first."""
    return _of_entity(
        ask, "entity_articles", "The latest articles that name it",
        Column("told_at", "Told (UTC)", "moment"),
        Column("title", "Headline", "text", "/articles/{article_id}"), Column("source", "Source"),
        Column("mentions", "Mentions", "number"),
    )  # fmt: skip


@figure("entity_stories")
def entity_stories(ask: Ask) -> Figure:
    """Ask for the stories of several articles that name it."""
    return _of_entity(
        ask, "entity_stories", "Stories",
        Column("began_at", "Began (UTC)", "moment"),
        Column("title", "Story", "text", "/stories/{story_id}"),
        Column("articles_with_it", "Articles that name it", "number"),
        Column("article_count", "Articles", "number"),
        Column("source_count", "Sources", "number", wide=True),
        empty="It is in no story of several articles.",
    )  # fmt: skip


@figure("entity_together")
def entity_together(ask: Ask) -> Figure:
    """Ask for who is named together with it."""
    return _of_entity(
        ask, "entity_together", "Named together with",
        Column("name", "Name", "text", "/entities/{entity_id}"), Column("type", "Type", "word"),
        Column("articles_with_both", "Articles with both", "number"),
        Column("article_count", "Articles in all", "number"),
        empty="No article names another with it.",
        note="In the latest 500 articles that name it, copies left out.",
    )  # fmt: skip
