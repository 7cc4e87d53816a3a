"""Articles: a search over titles and texts, and one article with where it came from."""

from typing import Any

from dashboard.figures import Ask, Column, Figure, NotThere, figure
from dashboard.named import Named, named_figure
from dashboard.pages import page
from dashboard.words import differences, highlighted

MOST_FOUND = 100
MOST_WORDS = 4
MOST_TEXTS = 10_000
"""Of the newest articles, whose texts are searched: reading all would take seconds."""
MOST_TEXT_CHARACTERS = 100_000


@page("/articles", "articles.html", menu="Articles")
def articles(ask: Ask) -> dict[str, Any]:
    """Fill the search page."""
    words = _words(ask)
    found = search_titles(ask)
    return {
        "q": ask.text("q"), "found": found, "words": words,
        "in_texts": search_texts(ask) if words else None,
    }  # fmt: skip


def _words(ask: Ask) -> list[str]:
    return ask.text("q").lower().split()[:MOST_WORDS]


@figure("search_titles")
def search_titles(ask: Ask) -> Figure:
    """Ask for the articles with all words in their headline, the latest first."""
    words = _words(ask)
    return ask.figure(
        "search_titles", "In headlines" if words else "The latest articles",
        (Column("told_at", "Told (UTC)", "moment"),
         Column("title", "Headline", "text", "/articles/{article_id}"),
         Column("source", "Source", "text", "/sources/{source}"), Column("copy", "Copy", wide=True),
         Column("language", "Language", wide=True),
         Column("word_count", "Words", "number", wide=True)),
        empty="No headline has all of these words.", query=_query(ask),
        **_asked(words), source=ask.text("source"), most=MOST_FOUND,
    )  # fmt: skip


@figure("search_texts")
def search_texts(ask: Ask) -> Figure:
    """Ask for those of the newest articles with all words in their text alone."""
    return ask.figure(
        "search_texts", "In texts",
        (Column("told_at", "Told (UTC)", "moment"),
         Column("title", "Headline", "text", "/articles/{article_id}"),
         Column("passage", "Passage"), Column("source", "Source", wide=True)),
        empty="No text has all of these words.", query=_query(ask),
        note=f"Searched: the texts of the newest {MOST_TEXTS:,} articles.",
        **_asked(_words(ask)), source=ask.text("source"), most=50, texts=MOST_TEXTS,
        since_commit=_since_commit(ask),
    )  # fmt: skip


def _asked(words: list[str]) -> dict[str, str]:
    """Return the words as word_1 to word_4; what is not given is in every text."""
    all_ = [*words, *[""] * MOST_WORDS][:MOST_WORDS]
    return {f"word_{number}": word for number, word in enumerate(all_, 1)}


def _query(ask: Ask) -> dict[str, str]:
    return {"q": ask.text("q"), "source": ask.text("source")}


def _since_commit(ask: Ask) -> int:
    """Return the commit from which on the newest texts are: older files are then not opened."""
    (row,) = ask.rows(
        "SELECT coalesce(min(commit_id), 0) AS since FROM (SELECT commit_id FROM "
        "facts.article_revisions ORDER BY commit_id DESC LIMIT $texts)", texts=2 * MOST_TEXTS,
    )  # fmt: skip
    return int(row["since"])


@page("/articles/{article_id}", "article.html")
def article(ask: Ask) -> dict[str, Any]:
    """Fill the page of an article."""
    facts = article_facts(ask)
    row, mentions = facts.one, article_mentions(ask)
    text = row["text"] or ""
    in_text = [m for m in mentions.rows if not m["in_title"]]
    revisions = article_revisions(ask)
    return {
        "facts": facts, "article": row, "mentions": mentions,
        "text": highlighted(text[:MOST_TEXT_CHARACTERS], in_text),
        "is_cut": len(text) > MOST_TEXT_CHARACTERS,
        "entities": article_entities(ask), "copies": article_copies(ask),
        "links": article_links(ask), "items": article_items(ask), "revisions": revisions,
        "diffs": [(row, differences(row)) for row in revisions.rows[:0:-1][:20]],
    }  # fmt: skip


def _article_id(ask: Ask) -> str:
    """Return the article that the address names: by its id, or what `newsloom show` takes."""
    given = ask.text("article_id")
    if ask.rows("SELECT 1 FROM articles WHERE article_id = $given", given=given):
        return given
    found = Named(ask.snapshot).rows("find_article", text=given, path=given)
    if len(found) != 1:
        raise NotThere(f"No article has the id {given!r}." if not found else "This fits several.")
    return str(found[0]["article_id"])


def _known(ask: Ask) -> dict[str, Any]:
    """Return the article's id, its story's, and that of what it copies, else its own again."""
    (row,) = ask.rows(
        "SELECT article_id, story_id, coalesce(duplicate_of, article_id) AS original_id "
        "FROM articles WHERE article_id = $it", it=_article_id(ask),
    )  # fmt: skip
    return row


def _of_article(ask: Ask, name: str, title: str, *columns: Column, **words: str) -> Figure:
    """Ask a question about the article that the address names."""
    article_id = _article_id(ask)
    query = {"article_id": article_id}
    return ask.figure(name, title, columns, query=query, article_id=article_id, **words)


@figure("article")
def article_facts(ask: Ask) -> Figure:
    """Ask for the article itself."""
    return _of_article(ask, "article", "The article")


@figure("article_mentions")
def article_mentions(ask: Ask) -> Figure:
    """Ask for who is named at which characters."""
    return _of_article(ask, "article_mentions", "Mentions")


@figure("article_entities")
def article_entities(ask: Ask) -> Figure:
    """Ask for who and what it names; a copy names what its original does."""
    row = _known(ask)
    return ask.figure(
        "article_entities", "Who and where",
        (Column("name", "Name", "text", "/entities/{entity_id}"), Column("type", "Type", "word"),
         Column("mentions", "Here", "number"),
         Column("article_count", "Articles in all", "number")),
        empty="It names nobody that was recognised.",
        query={"article_id": row["article_id"]}, original_id=row["original_id"],
    )  # fmt: skip


@figure("article_copies")
def article_copies(ask: Ask) -> Figure:
    """Ask for the copies of it, or of what it is itself a copy of."""
    row = _known(ask)
    return ask.figure(
        "article_copies", "Copies",
        (Column("told_at", "Told (UTC)", "moment"),
         Column("title", "Headline", "text", "/articles/{article_id}"),
         Column("source", "Source"), Column("copy_kind", "Kind", "word"),
         Column("jaccard", "Alike", "share"),
         Column("containment", "Contained", "share", wide=True)),
        empty="No copy is known.", note="Alike: the share of five-word sequences in common.",
        query={"article_id": row["article_id"]}, original_id=row["original_id"],
    )  # fmt: skip


@figure("article_links")
def article_links(ask: Ask) -> Figure:
    """Ask for the articles that it was found near to."""
    row = _known(ask)
    return ask.figure(
        "article_links", "Near to it",
        (Column("score", "Score", "number"),
         Column("title", "Headline", "text", "/articles/{article_id}"), Column("source", "Source"),
         Column("where_to", "In", "word"), Column("shared", "Both have", "list", wide=True)),
        empty="No other article is near.", query={"article_id": row["article_id"]},
        article_id=row["article_id"], story_id=row["story_id"],
    )  # fmt: skip


@figure("article_items")
def article_items(ask: Ask) -> Figure:
    """Ask for each time it was read."""
    return _of_article(
        ask, "article_items", "Where it came from",
        Column("seen_at", "Read (UTC)", "moment"), Column("status", "Status", "status"),
        Column("kind", "Kind", "word"), Column("locator", "Path or address"),
        Column("via", "Found through"),
        Column("run_id", "Run", "code", "/runs/{run_id}", wide=True),
    )  # fmt: skip


@figure("article_revisions")
def article_revisions(ask: Ask) -> Figure:
    """Ask for its revisions with the words before and after."""
    article_id = _article_id(ask)
    return named_figure(
        ask, "article_revisions", "trace_revisions", "Revisions",
        (Column("revision", "Revision", "number"), Column("seen_at", "Seen (UTC)", "moment"),
         Column("title", "Headline"), Column("word_count", "Words", "number")),
        {"article_id": article_id}, article=article_id,
    )  # fmt: skip
