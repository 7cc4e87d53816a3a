"""The public views and their columns: what analysts build on.

docs/fields.md is generated from this page, and a test holds it against the views themselves.
"""

from typing import NamedTuple

from warehouse.schema import EVIDENCE, STAGES, TABLE, Column


class View(NamedTuple):
    """A public view, its meaning and its columns in order."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


def _facts(table: str, *names: str) -> tuple[Column, ...]:
    """Return columns that a view passes on from a fact table as they are."""
    columns = {column.name: column for column in TABLE[table].columns}
    return tuple(columns[name] for name in names)


_ARTICLE = Column("article_id", "VARCHAR", "The article; stable across runs and revisions.")
_STORY = Column("story_id", "VARCHAR", "The story.")
_RUN = Column("run_id", "VARCHAR", "The run.")
_EVENT = Column("event_id", "VARCHAR", "The event.")

# In dependency order: a view may use those above it.
PUBLIC_VIEWS: tuple[View, ...] = (
    View(
        "articles",
        "One row an article, in its present revision. Removed articles are not here.",
        (
            _ARTICLE,
            *_facts(
                "article_revisions",
                "external_id",
                "source",
                "url",
                "canonical_url",
                "title",
                "authors",
                "published_at",
                "published_precision",
                "published_from",
                "published_doubt",
                "updated_at",
                "updated_precision",
                "updated_from",
            ),
            Column("first_seen_at", "TIMESTAMP", "When it was first ingested, in UTC."),
            Column("revised_at", "TIMESTAMP", "When the present revision was ingested, in UTC."),
            *_facts(
                "article_revisions",
                "language",
                "language_confidence",
                "word_count",
            ),
            Column("revision", "INTEGER", "How often it has been seen in different words, from 1."),
            Column("text", "VARCHAR", "The text, without the headline."),
            *_facts(
                "article_revisions",
                "description",
                "image_url",
                "site_name",
            ),
            Column("duplicate_of", "VARCHAR", "The article that it copies; null for an original."),
            Column("story_id", "VARCHAR", "Its story; a copy is in the story of its original."),
            Column("locator", "VARCHAR", "Path or URL that the present revision was read from."),
            Column("run_id", "VARCHAR", "The run that wrote the present revision."),
        ),
    ),
    View(
        "mentions",
        "One row a mention of an entity. A copy has those of its original, without the places.",
        (
            _ARTICLE,
            Column("entity_id", "VARCHAR", "The entity."),
            Column("surface", "VARCHAR", "The words that name it there."),
            Column("type", "VARCHAR", "The entity's type."),
            Column("char_start", "INTEGER", "First character, from 0; null if inherited."),
            Column("char_end", "INTEGER", "The character after the last; null if inherited."),
            Column("in_title", "BOOLEAN", "The place is in the headline, else in the text."),
            Column("inherited", "BOOLEAN", "Taken over from the article that this one copies."),
        ),
    ),
    View(
        "entities",
        "One row an entity that at least one article mentions.",
        (
            Column("entity_id", "VARCHAR", "The Wikidata id where known, else one of ours."),
            Column("name", "VARCHAR", "The canonical name."),
            Column(
                "type", "VARCHAR", "person, organisation, country, place, group, event or work."
            ),
            Column("wikidata_id", "VARCHAR", "The Wikidata id, where known."),
            Column("country_code", "VARCHAR", "ISO 3166-1 alpha-2, for countries."),
            Column("latitude", "DOUBLE", "Degrees north, where known."),
            Column("longitude", "DOUBLE", "Degrees east, where known."),
            Column("article_count", "BIGINT", "Articles that mention it, copies included."),
        ),
    ),
    View(
        "stories",
        "One row a story: the articles that report one event. Every article is in exactly one.",
        (
            _STORY,
            Column("title", "VARCHAR", "Headline of the most central article that has one."),
            Column("article_count", "BIGINT", "Its articles, copies included."),
            Column("copy_count", "BIGINT", "How many of them are copies."),
            Column("source_count", "BIGINT", "How many sources report it."),
            Column("sources", "VARCHAR[]", "Up to twelve of them, those with most articles first."),
            Column(
                "began_at", "TIMESTAMP", "first_published_at, else first_seen_at: when it began."
            ),
            Column("began_from", "VARCHAR", "Which of the two it is: published or first_seen."),
            Column("first_published_at", "TIMESTAMP", "Its earliest date of publication, in UTC."),
            Column("last_published_at", "TIMESTAMP", "Its latest date of publication, in UTC."),
            Column("first_seen_at", "TIMESTAMP", "When its first article was ingested, in UTC."),
            Column("last_seen_at", "TIMESTAMP", "When its last article was ingested, in UTC."),
            Column("growth_24h", "BIGINT", "Its articles first ingested in the last 24 hours."),
            Column(
                "articles_per_day",
                "DOUBLE",
                "Articles by the days from its first date to its last, at least one day.",
            ),
            Column("languages", "VARCHAR[]", "The languages it is reported in."),
            Column("top_entities", "VARCHAR[]", "Up to eight entities that most of it mentions."),
            Column(
                "top_countries",
                "VARCHAR[]",
                "Up to eight countries that most of it mentions, as ISO 3166-1 alpha-2.",
            ),
            Column("representative_id", "VARCHAR", "Its most central article."),
            Column("cohesion", "FLOAT", "Mean score of its pairs of articles; null for a single."),
            Column(
                "wording_spread",
                "DOUBLE",
                "How differently its articles put it, 0 (same words) to 1: 1 less the mean term "
                "cosine of its linked pairs, copies left out; null for a single.",
            ),
            *_facts("story_states", "raised_to"),
        ),
    ),
    View(
        "story_history",
        "What happened to each story, oldest first by commit_id.",
        (
            _STORY,
            Column("happened_at", "TIMESTAMP", "When, in UTC."),
            Column("event", "VARCHAR", "created, grew, shrank, merged, split or ended."),
            Column("other_story_id", "VARCHAR", "The other story of a merge or split."),
            Column("article_count", "INTEGER", "Its articles afterwards, copies not counted."),
            _RUN,
            Column("commit_id", "BIGINT", "The commit; greater is later."),
        ),
    ),
    View(
        "story_links",
        "Pairs of articles that may report one event: how likely, and why.",
        (
            Column("article_a", "VARCHAR", "One article."),
            Column("article_b", "VARCHAR", "The other."),
            Column("score", "FLOAT", "The model's probability that they report one event."),
            Column("same_story", "BOOLEAN", "The two are in one story now."),
            Column("features", "MAP(VARCHAR, FLOAT)", "What the model saw, by feature name."),
            Column("evidence", EVIDENCE, "The shared terms and entities that weigh most."),
            Column("model_version", "INTEGER", "Which model gave the score."),
        ),
    ),
    View(
        "story_followups",
        "Successive stories of one running topic. Of those that one follows, one is the nearest.",
        (
            Column("story_id", "VARCHAR", "The later story, by began_at."),
            Column("follows_story_id", "VARCHAR", "The earlier story that it follows."),
            Column("nearest", "BOOLEAN", "Of those that it follows, this is the latest one."),
            Column("score", "FLOAT", "Best score of a pair of their articles."),
            Column(
                "entity_overlap",
                "DOUBLE",
                "Main entities that both have, over all of the two, weighted by rarity: from .06.",
            ),
            Column("days_between", "DOUBLE", "From the beginning of one to that of the other."),
            Column("linked_pairs", "BIGINT", "Linked pairs of their articles."),
            Column("shared_entities", "VARCHAR[]", "Up to eight main entities of both."),
            Column("shared_terms", "VARCHAR[]", "Up to six rare words that linked pairs share."),
        ),
    ),
    View(
        "events",
        "One row an event that is reported in several languages: stories linked above the stories.",
        (
            _EVENT,
            Column("title", "VARCHAR", "Title of its largest story."),
            Column("story_ids", "VARCHAR[]", "Its stories, one a language, the largest first."),
            Column("languages", "VARCHAR[]", "The languages of its articles."),
            Column("story_count", "BIGINT", "Its stories."),
            Column("article_count", "BIGINT", "Its articles, copies included."),
            Column("source_count", "BIGINT", "How many sources report it."),
            Column("began_at", "TIMESTAMP", "Its earliest date of publication, in UTC."),
            Column("last_published_at", "TIMESTAMP", "Its latest date of publication, in UTC."),
            Column("cohesion", "FLOAT", "Mean score of its pairs of stories."),
        ),
    ),
    View(
        "story_translations",
        "One row a story and another of the same event in another language.",
        (
            _STORY,
            Column("other_story_id", "VARCHAR", "The story in another language."),
            Column("languages", "VARCHAR[]", "The languages of the other story."),
            Column("title", "VARCHAR", "The other story's title."),
            Column("article_count", "BIGINT", "The other story's articles, copies included."),
            Column(
                "score", "FLOAT", "The best score of a pair of articles; null if only inferred."
            ),
            Column("evidence", EVIDENCE, "What that pair shares."),
            _EVENT,
        ),
    ),
    View(
        "event_links",
        "Pairs of articles of two languages that may report one event: how likely, and why.",
        (
            Column("article_a", "VARCHAR", "One article."),
            Column("article_b", "VARCHAR", "The other, of another language."),
            Column("score", "FLOAT", "The model's probability that they report one event."),
            Column("same_event", "BOOLEAN", "The stories of the two are in one event now."),
            Column("features", "MAP(VARCHAR, FLOAT)", "What the model saw, by feature name."),
            Column("evidence", EVIDENCE, "The shared names, places, numbers and days."),
            Column("model_version", "INTEGER", "Which model gave the score."),
        ),
    ),
    View(
        "duplicates",
        "One row an article that copies another one.",
        (
            _ARTICLE,
            Column("original_id", "VARCHAR", "The article it copies: the earliest, then longest."),
            Column("copy_kind", "VARCHAR", "exact, near or excerpt."),
            Column("jaccard", "FLOAT", "Shared word 5-grams over all of the two."),
            Column("containment", "FLOAT", "Shared word 5-grams over those of the smaller."),
            Column("source", "VARCHAR", "The source of the copy."),
            Column("original_source", "VARCHAR", "The source of the original."),
        ),
    ),
    View(
        "items",
        "One row a thing that a run found, with how it ended.",
        (
            Column("item_id", "VARCHAR", "The item."),
            _RUN,
            Column("locator", "VARCHAR", "Path or URL as given; rows as path#12."),
            Column(
                "kind",
                "VARCHAR",
                "What it is made of: text, html, row, page, pdf ...; input: nothing to read.",
            ),
            Column("source", "VARCHAR", "The source it came from."),
            Column("status", "VARCHAR", "new, revised, unchanged, rejected or removed."),
            Column("reason", "VARCHAR", "Why it was rejected, from the fixed list."),
            Column("detail", "VARCHAR", "What exactly was wrong, and what to do."),
            Column("article_id", "VARCHAR", "The article in it."),
            Column("revision", "INTEGER", "The article's revision that it is or confirms."),
            *_facts(
                "item_events",
                "via",
                "discovered_at",
                "fetched_at",
                "http_status",
                "final_url",
                "redirects",
                "seen_at",
            ),
        ),
    ),
    View(
        "rejects",
        "One row an input whose latest attempt was rejected, with its content.",
        (
            *_facts(
                "rejects",
                "item_id",
                "run_id",
                "locator",
                "uri",
                "kind",
                "source",
                "source_given",
                "via",
                "reason",
                "detail",
                "payload",
                "payload_bytes",
                "content_type",
                "final_url",
                "fetched_at",
                "paywalled",
                "rejected_at",
            ),
        ),
    ),
    View(
        "runs",
        "One row a run.",
        (
            _RUN,
            Column("flow", "VARCHAR", "Which flow ran."),
            Column("status", "VARCHAR", "running, completed, failed or interrupted."),
            Column("inputs", "VARCHAR[]", "The inputs as they were given."),
            Column("started_at", "TIMESTAMP", "When it began, in UTC."),
            Column("last_event_at", "TIMESTAMP", "Its last sign of life, in UTC."),
            Column("ended_at", "TIMESTAMP", "When it ended, in UTC; null while it runs."),
            Column("seconds", "DOUBLE", "From its start to its last sign of life."),
            Column("items_found", "BIGINT", "Items that it discovered."),
            Column("items_new", "BIGINT", "Items that were new articles."),
            Column("items_revised", "BIGINT", "Items that were new revisions."),
            Column("items_unchanged", "BIGINT", "Items with nothing new."),
            Column("items_rejected", "BIGINT", "Items that could not be used."),
            Column("items_removed", "BIGINT", "Items of articles removed on request."),
            Column("items_unaccounted", "BIGINT", "Items found less items ended; 0 after a run."),
            Column("stages", STAGES, "Rows in and out, and seconds, of each stage."),
            Column("prefect_run_id", "VARCHAR", "The orchestrator's flow run, if tracked."),
            Column("host", "VARCHAR", "The machine that ran it."),
            Column("pid", "INTEGER", "The process that ran it."),
            Column("error", "VARCHAR", "Why it failed."),
        ),
    ),
    View(
        "sources",
        "One row a source that is listed in newsloom.toml, or has articles.",
        (
            Column("source", "VARCHAR", "The source."),
            Column("article_count", "BIGINT", "Its articles, copies included."),
            Column("copy_count", "BIGINT", "How many of them copy another article."),
            Column("story_count", "BIGINT", "Stories that it takes part in."),
            Column("first_seen_at", "TIMESTAMP", "When its first article was ingested, in UTC."),
            Column("last_new_at", "TIMESTAMP", "When its last new article was ingested, in UTC."),
            Column("languages", "VARCHAR[]", "The languages of its articles."),
            *_facts(
                "source_settings",
                "kind",
                "address",
                "schedule",
                "country",
                "tags",
                "paywalled",
                "paused",
            ),
        ),
    ),
    View(
        "polls",
        "One row a look at a source's feed, sitemap or page.",
        (
            *_facts(
                "polls",
                "run_id",
                "source",
                "address",
                "polled_at",
                "outcome",
                "reason",
                "detail",
                "http_status",
                "conditional",
                "entries",
                "entries_new",
                "entries_again",
                "newest_entry_at",
                "failures",
                "interval_seconds",
                "due_at",
            ),
        ),
    ),
    View(
        "source_health",
        "One row a source that is listed or was ever tried: how it is doing.",
        (
            Column("source", "VARCHAR", "The source."),
            Column("last_attempt_at", "TIMESTAMP", "Its last item or look, in UTC."),
            Column("last_success_at", "TIMESTAMP", "Its last item that could be used, in UTC."),
            Column("last_new_at", "TIMESTAMP", "Its last new article, in UTC."),
            Column("new_24h", "BIGINT", "New articles in the last 24 hours."),
            Column("new_7d", "BIGINT", "New articles in the last 7 days."),
            Column("rejected_24h", "BIGINT", "Rejected items in the last 24 hours."),
            Column("last_reason", "VARCHAR", "Why its last rejected item was rejected."),
            *_facts("source_settings", "kind", "address", "paused"),
            Column("last_poll_at", "TIMESTAMP", "The last look at its list, in UTC."),
            Column("last_good_poll_at", "TIMESTAMP", "The last look that did not fail, in UTC."),
            Column("poll_outcome", "VARCHAR", "How the last look ended: see polls.outcome."),
            Column("poll_reason", "VARCHAR", "Why the last failed look failed."),
            Column("poll_detail", "VARCHAR", "What exactly was wrong then."),
            Column("failures", "INTEGER", "Failed looks in a row, up to now."),
            Column("failing_since", "TIMESTAMP", "The first of these, in UTC."),
            Column("interval_seconds", "DOUBLE", "How long it is left alone between two looks."),
            Column("due_at", "TIMESTAMP", "When the next look is due, in UTC."),
        ),
    ),
    View(
        "checks",
        "One row a health check.",
        (
            Column("name", "VARCHAR", "The check."),
            Column("status", "VARCHAR", "ok, warn or bad."),
            Column("value", "DOUBLE", "What was measured."),
            Column("unit", "VARCHAR", "The unit of the value and the limits."),
            Column("warn_at", "DOUBLE", "From this value on it wants a look."),
            Column("bad_at", "DOUBLE", "From this value on it is bad."),
            Column("meaning", "VARCHAR", "What the value says."),
        ),
    ),
)
