"""A story on the screen: its articles, what joined them, who and where."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from cli.eventview import print_translations
from cli.output import fitted, grid, shown
from newsloom.vocabulary import EntityType
from warehouse.published import Published

MOST_ARTICLES = 12
MOST_LINKS = 3
_TYPE_HEADINGS = {
    EntityType.PERSON: "people",
    EntityType.COUNTRY: "countries",
    EntityType.ORGANISATION: "organisations",
    EntityType.PLACE: "places",
}
_EVIDENCE_HEADINGS = {"entity": "entities", "term": "rare words"}
MOST_NAMES = 8
INDENT = 4


def print_story(out: Console, news: Published, story_id: str, *, full: bool = False) -> None:
    """Print one story; `full` shows all of its articles and links."""
    facts = news.rows("story_facts", story=story_id)[0]
    title = headline(facts["title"])
    title.truncate(out.width - len("Story  "), overflow="ellipsis")
    out.print(Text.assemble(("Story  ", "bold cyan"), title, style="bold"))
    out.print(f"  {_summary(facts)}", style="dim")
    out.print(grid(_growth(facts)))
    articles = news.rows("story_articles", story=story_id)
    _print_articles(out, articles if full else articles[:MOST_ARTICLES])
    if len(articles) > MOST_ARTICLES and not full:
        out.print(f"    … and {len(articles) - MOST_ARTICLES:,} more", style="dim")
    _print_links(out, news, story_id, 1000 if full else MOST_LINKS)
    _print_entities(out, news, story_id)
    print_translations(out, news, story_id)


def _summary(facts: dict[str, Any]) -> str:
    parts = [
        facts["story_id"],
        count(facts["article_count"], "article"),
        count(facts["source_count"], "source"),
    ]
    if facts["copy_count"]:
        parts.append(f"{facts['copy_count']} of them copies")
    if facts["first_published_at"]:
        first, last = (facts[f"{end}_published_at"] for end in ("first", "last"))
        parts.append(f"{first:%Y-%m-%d}" + (f" to {last:%Y-%m-%d}" if last > first else ""))
    else:
        parts.append("undated")
    return " · ".join(parts)


def _growth(facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield when the story began, how it grew, who tells it and how differently."""
    seen = "" if facts["began_from"] == "published" else ", when its first article was read"
    began = f"{facts['began_at']:%Y-%m-%d %H:%M}{seen}"
    rate = f"{facts['articles_per_day']:g} articles a day"
    yield "began", f"{began} · {facts['growth_24h']:,} new in 24 hours · {rate}"
    more = facts["source_count"] - len(facts["sources"])
    yield "sources", ", ".join(facts["sources"]) + (f" and {more:,} more" if more > 0 else "")
    if facts["wording_spread"] is not None:
        yield "wording", f"spread {facts['wording_spread']:.2f} (0 same words, 1 nothing in common)"
    if facts["raised_to"] is not None:
        yield "split", f"from an outsize group, by joining from {facts['raised_to']:.2f} on only"


def count(number: int, what: str) -> str:
    """Return a number with its noun: '1 article', '2 articles'."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _print_articles(out: Console, articles: list[dict[str, Any]]) -> None:
    rows = []
    for row in articles:
        mark = "=" if row["duplicate_of"] else "•"
        title = headline(row["title"], row["beginning"])
        rows.append((Text(mark), row["article_id"][:9], title, shown(row["source"], 24)))
    out.print(grid(fitted(rows, 2, out.width - INDENT), indent=INDENT))


def headline(title: str | None, beginning: str = "") -> Text:
    """Return the headline as one safe line; where there is none, the text's first words."""
    if title:
        return shown(title)
    return Text.assemble(("no headline: " if beginning else "no headline", "dim"), shown(beginning))


def _print_links(out: Console, news: Published, story_id: str, most: int) -> None:
    # Not above: a list of stories does without the numeric packages behind the model.
    from newsloom.stories import load

    join_score = load().join_score
    for link in news.rows("story_links", story=story_id, most=most):
        names = defaultdict(list)
        for line in link["evidence"]:
            names[line["kind"]].append(line["name"])
        # The mean over a story's pairs decides, so that one pair alone may lie below.
        joins = link["score"] >= join_score
        out.print(
            Text.assemble(
                "  joined at " if joins else "  linked at ",
                (f"{link['score']:.3f}", "bold green" if joins else "bold"),
                (f" (joined from {join_score:.2f} on)  ", "dim"),
                f"{link['article_a'][:9]} and {link['article_b'][:9]} share",
            )
        )  # fmt: skip
        rows = [
            (heading, ", ".join(names[kind]))
            for kind, heading in _EVIDENCE_HEADINGS.items()
            if names[kind]
        ]
        out.print(grid(rows, indent=INDENT))


def _print_entities(out: Console, news: Published, story_id: str) -> None:
    by_type: dict[str, list[str]] = defaultdict(list)
    for row in news.rows("story_entities", story=story_id):
        by_type[row["type"]].append(row["name"])
    rows = [
        (heading, ", ".join(by_type[kind.value][:MOST_NAMES]))
        for kind, heading in _TYPE_HEADINGS.items()
        if by_type[kind.value]
    ]
    if rows:
        out.print(grid(rows, indent=2))
