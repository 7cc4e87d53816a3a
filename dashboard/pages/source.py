"""One source: what is known of it, its habits, what came of it lately."""

from typing import Any

from dashboard.bars import stacked
from dashboard.charts import chart
from dashboard.figures import Ask, Column, Figure, NotThere, figure
from dashboard.pages import page
from dashboard.pages.sources import hour
from warehouse.health import Health, Subject

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OUTCOMES = ("new", "revised", "rejected", "unchanged")


@page("/sources/{source:path}", "source.html")
def page_of_source(ask: Ask) -> dict[str, Any]:
    """Fill the page of one source."""
    facts = source(ask)
    if not facts.rows:
        raise NotThere(
            f"There is no source {ask.text('source', 80)!r}.",
            "All are listed under /sources; newsloom sources add URL adds one.",
        )
    found = findings(ask)
    worst = max((subject.status for _, subject in found), key=lambda h: h.rank, default=Health.OK)
    habits = source_habits(ask)
    return {
        "facts": facts, "row": facts.one, "findings": found, "health": worst,
        "days": source_days(ask), "habits": habits, "grid": grid(habits),
        "polls": source_polls(ask), "rejects": source_rejects(ask),
        "languages": source_languages(ask), "articles": source_articles(ask),
        "weekdays": WEEKDAYS,
    }  # fmt: skip


def findings(ask: Ask) -> list[tuple[str, Subject]]:
    """Return what the checks of sources found about this one, with the checks' names."""
    wanted = ask.text("source", 4000)
    return [
        (finding.name, subject)
        for finding in ask.snapshot.findings
        if finding.check.group == "sources"
        for subject in finding.subjects
        if subject.name == wanted
    ]


def grid(habits: Figure) -> list[list[tuple[int, int]]]:
    """Return for each day of the week its 24 hours: articles, and how much that is, 0 to 4."""
    most = max((row["articles"] for row in habits.rows), default=0) or 1
    cells = [(row["articles"], -(-4 * row["articles"] // most)) for row in habits.rows]
    return [cells[at : at + 24] for at in range(0, len(cells), 24)]


def _ask(ask: Ask, name: str, title: str, columns: tuple[Column, ...], **more: Any) -> Figure:
    wanted = ask.text("source", 4000)
    return ask.figure(name, title, columns, query={"source": wanted}, source=wanted,
                      until=hour(ask), **more)  # fmt: skip


@figure("source")
def source(ask: Ask) -> Figure:
    """Ask what is known of a source."""
    return _ask(ask, "source", "Facts", ())


@figure("source_days")
def source_days(ask: Ask) -> Figure:
    """Ask for its items of each day by outcome."""
    return _ask(
        ask, "source_days", "Items a day by outcome",
        (Column("day", "Day (UTC)", "moment"), Column("new", "New", "number"),
         Column("revised", "Revised", "number"), Column("unchanged", "Unchanged", "number"),
         Column("rejected", "Rejected", "number")),
    )  # fmt: skip


@chart("source_days")
def draw_days(rows: list[dict[str, Any]], ask: Ask, colours: dict[str, str]) -> Any:
    """Draw the days as stacked bars."""
    return stacked(rows, "day", {name: colours[name] for name in OUTCOMES}, steps=len(rows),
                   height=180)  # fmt: skip


@figure("source_habits")
def source_habits(ask: Ask) -> Figure:
    """Ask at which hours of the week it has published in the last 28 days."""
    return _ask(
        ask, "source_habits", "When it publishes",
        (Column("weekday", "Day of the week", "number"), Column("hour_of_day", "Hour", "number"),
         Column("articles", "New articles", "number")),
        note="New articles of the last 28 days by the hour (UTC) in which they were found.",
    )  # fmt: skip


@figure("source_polls")
def source_polls(ask: Ask) -> Figure:
    """Ask for the last looks at its list."""
    return _ask(
        ask, "source_polls", "The last 50 looks",
        (Column("polled_at", "When (UTC)", "moment", "/runs/{run_id}"),
         Column("outcome", "Outcome", "status"), Column("http_status", "HTTP", "text"),
         Column("entries", "Entries", "number"), Column("entries_new", "New", "number"),
         Column("entries_again", "Again", "number", wide=True),
         Column("interval_seconds", "Next look after", "seconds"),
         Column("reason", "Why", wide=True), Column("detail", "Detail", "brief", wide=True)),
        empty="Nobody has looked at its list.",
    )  # fmt: skip


@figure("source_rejects")
def source_rejects(ask: Ask) -> Figure:
    """Ask for its rejects by reason."""
    return _ask(
        ask, "source_rejects", "Rejects that stand",
        (Column("reason", "Reason", link="/rejects/{reason}?source={source}"),
         Column("rejects", "Rejects", "number"),
         Column("first_at", "First", "ago", wide=True), Column("last_at", "Last", "ago")),
        empty="None.",
    )  # fmt: skip


@figure("source_languages")
def source_languages(ask: Ask) -> Figure:
    """Ask for the languages of its articles."""
    return _ask(
        ask, "source_languages", "Languages",
        (Column("language", "Language"), Column("articles", "Articles", "number"),
         Column("share", "Share", "share"), Column("copies", "Copies", "number"),
         Column("median_words", "Words (median)", "number", wide=True)),
        empty="No article yet.",
    )  # fmt: skip


@figure("source_articles")
def source_articles(ask: Ask) -> Figure:
    """Ask for its latest articles."""
    return _ask(
        ask, "source_articles", "The latest 20 articles",
        (Column("title", "Headline", link="/articles/{article_id}"),
         Column("first_seen_at", "Found (UTC)", "moment"),
         Column("published_at", "Published (UTC)", "moment", wide=True),
         Column("language", "Language", wide=True), Column("word_count", "Words", "number"),
         Column("copy", "Copy", wide=True)),
        empty="No article yet.",
    )  # fmt: skip
