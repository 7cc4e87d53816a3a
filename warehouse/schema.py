"""The fact tables of the lake: append-only, each column with its type and meaning.

Nothing is ever updated. Current state is a view over the facts (see views/), where the row with the
greatest `commit_id` speaks last. `commit_id` counts the commits of the warehouse: writers are
serialised, so it orders all facts.
"""

from typing import NamedTuple

SCHEMA_VERSION = 4


class Column(NamedTuple):
    """A column: its DuckDB type and one sentence for the field dictionary."""

    name: str
    type: str
    meaning: str


class Table(NamedTuple):
    """A fact table. `row_group_rows` is small where single rows are fetched by id."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    row_group_rows: int = 8192


COMMIT = Column("commit_id", "BIGINT", "The commit that wrote the row.")
RUN = Column("run_id", "VARCHAR", "The run that wrote the row.")
ARTICLE = Column("article_id", "VARCHAR", "The article.")
REVISION = Column("revision", "INTEGER", "The article's revision, from 1.")
STAGES = "STRUCT(stage VARCHAR, rows_in BIGINT, rows_out BIGINT, seconds DOUBLE)[]"
VIA = Column("via", "VARCHAR", "The feed, sitemap or archive that it was found in.")
FETCHED_AT = Column("fetched_at", "TIMESTAMP", "When it was fetched, in UTC.")
FINAL_URL = Column("final_url", "VARCHAR", "Where it was in the end, after redirects.")
SOURCE = Column("source", "VARCHAR", "The source.")
EVIDENCE = "STRUCT(kind VARCHAR, name VARCHAR, weight FLOAT)[]"

TABLES: tuple[Table, ...] = (
    Table(
        "run_events",
        "What happened to a run: it started, made progress, ended.",
        (
            COMMIT,
            RUN,
            Column("happened_at", "TIMESTAMP", "When, in UTC."),
            Column("status", "VARCHAR", "The run's status from then on."),
            Column("flow", "VARCHAR", "Which flow: ingest, ..."),
            Column("inputs", "VARCHAR[]", "The inputs as they were given."),
            Column("items_found", "BIGINT", "Items discovered so far."),
            Column("stages", STAGES, "Rows and seconds of each stage since the last event."),
            Column("prefect_run_id", "VARCHAR", "The orchestrator's flow run, if tracked."),
            Column("host", "VARCHAR", "The machine that ran it."),
            Column("pid", "INTEGER", "The process that ran it."),
            Column("error", "VARCHAR", "Why it failed."),
        ),
    ),
    Table(
        "item_events",
        "How each item of each run ended.",
        (
            COMMIT,
            RUN,
            Column("item_id", "VARCHAR", "The item: one thing found by one run."),
            Column("ordinal", "BIGINT", "Its position in the run, from 0."),
            Column("locator", "VARCHAR", "Path or URL as given; rows as path#12."),
            Column("uri", "VARCHAR", "File URI or web address: what the locator meant then."),
            Column("kind", "VARCHAR", "What it is made of: text, html, row, page ..."),
            Column("source", "VARCHAR", "The source it came from."),
            Column("status", "VARCHAR", "new, revised, unchanged, rejected or removed."),
            Column("reason", "VARCHAR", "Why it was rejected."),
            Column("detail", "VARCHAR", "What exactly was wrong."),
            Column("article_id", "VARCHAR", "The article in it."),
            Column("revision", "INTEGER", "The article's revision that it is or confirms."),
            Column("content_hash", "VARCHAR", "Its raw bytes, hashed: shows an unchanged input."),
            VIA,
            Column("discovered_at", "TIMESTAMP", "When it was found, in UTC."),
            FETCHED_AT,
            Column("http_status", "INTEGER", "The server's last answer; 304: not changed."),
            FINAL_URL,
            Column("redirects", "VARCHAR[]", "The addresses on the way there, in order."),
            Column("etag", "VARCHAR", "The server's name for what it sent, for the next visit."),
            Column("last_modified", "VARCHAR", "When the server says that it last changed."),
            Column("listing_hash", "VARCHAR", "What the feed said about it, hashed."),
            Column("listing", "VARCHAR", "The same as JSON: the fields of a row, without html."),
            Column("seen_at", "TIMESTAMP", "When it was dealt with, in UTC."),
        ),
    ),
    Table(
        "rejects",
        "The content of rejected items, kept for another try.",
        (
            COMMIT,
            RUN,
            Column("item_id", "VARCHAR", "The rejected item."),
            Column("locator", "VARCHAR", "Path or URL as given; rows as path#12."),
            Column("uri", "VARCHAR", "File URI or web address."),
            Column("kind", "VARCHAR", "What it is made of."),
            Column("source", "VARCHAR", "The source it came from."),
            Column("reason", "VARCHAR", "Why it was rejected."),
            Column("detail", "VARCHAR", "What exactly was wrong, and what to do."),
            Column("payload", "BLOB", "The start of its content."),
            Column("payload_bytes", "BIGINT", "How long the whole content was."),
            Column("content_type", "VARCHAR", "What the server called it."),
            FINAL_URL,
            FETCHED_AT,
            VIA,
            Column("source_given", "BOOLEAN", "The user named the source."),
            Column("paywalled", "BOOLEAN", "The source is known to have a paywall."),
            Column("rejected_at", "TIMESTAMP", "When, in UTC."),
        ),
        1024,
    ),
    Table(
        "article_revisions",
        "Every revision of every article, without the text.",
        (
            COMMIT,
            RUN,
            ARTICLE,
            REVISION,
            Column("content_id", "VARCHAR", "Headline and text, hashed: equal for equal words."),
            Column("external_id", "VARCHAR", "The id that the source gave it."),
            Column("source", "VARCHAR", "Who published it: a name or a web host."),
            Column("url", "VARCHAR", "Where it was found on the web."),
            Column(
                "canonical_url", "VARCHAR", "Its one web address, without tracking and fragments."
            ),
            Column("title", "VARCHAR", "The headline; empty where there is none."),
            Column("authors", "VARCHAR[]", "Who wrote it."),
            Column(
                "published_at", "TIMESTAMP", "When it was published, in UTC; null if not known."
            ),
            Column("published_precision", "VARCHAR", "How exact published_at is: day or second."),
            Column(
                "published_from",
                "VARCHAR",
                "Where published_at comes from: row, page, url, document or fetched.",
            ),
            Column("published_doubt", "VARCHAR", "Why it is doubted: future or old; else null."),
            Column(
                "updated_at",
                "TIMESTAMP",
                "When the source says it last changed, in UTC; null if not known.",
            ),
            Column("updated_precision", "VARCHAR", "How exact updated_at is: day or second."),
            Column("updated_from", "VARCHAR", "Where updated_at comes from, as published_from."),
            Column("description", "VARCHAR", "The page's own summary."),
            Column("image_url", "VARCHAR", "Its main picture."),
            Column("site_name", "VARCHAR", "What the site calls itself."),
            Column("language", "VARCHAR", "ISO 639-1 code, or und where undetermined."),
            Column("language_confidence", "FLOAT", "How sure the language is, 0 to 1."),
            Column("word_count", "INTEGER", "Words in the text."),
            Column("locator", "VARCHAR", "Path or URL that this revision was read from."),
            Column("seen_at", "TIMESTAMP", "When this revision was first seen, in UTC."),
        ),
    ),
    Table(
        "article_texts",
        "The text of every revision.",
        (COMMIT, ARTICLE, REVISION, Column("text", "VARCHAR", "The text, without the headline.")),
        4096,
    ),
    Table(
        "signatures",
        "What each distinct content is compared by.",
        (
            COMMIT,
            Column("content_id", "VARCHAR", "The content."),
            Column("signature_version", "SMALLINT", "Which definition made the values."),
            Column("shingle_count", "INTEGER", "Distinct word 5-grams."),
            Column("set_hash", "UBIGINT", "The set of 5-grams, hashed: equal for equal sets."),
            Column("story_keys", "UINTEGER[]", "Band keys of the weighted terms' MinHash."),
            Column("term_ids", "UINTEGER[]", "The terms that weigh most, hashed."),
            Column("term_weights", "UTINYINT[]", "Their weights: rarity times damped frequency."),
            Column(
                "term_places",
                "UTINYINT[]",
                "What they are: bit 1 in headline, 2 in lead, 4 a name.",
            ),
            Column("pair_ids", "UINTEGER[]", "Neighbouring words that weigh most, hashed."),
            Column("pair_weights", "UTINYINT[]", "Their weights, in the order of pair_ids."),
            Column("number_ids", "UINTEGER[]", "Numbers with the word beside them, hashed."),
            Column("spoken_days", "INTEGER[]", "Days the text names: 32 * month + day."),
            Column("spoken_dates", "INTEGER[]", "Days it names with a year: days since 1970."),
        ),
    ),
    Table(
        "site_picks",
        "By what each article of a source counts when the source's boilerplate is looked for.",
        (
            COMMIT,
            Column("source", "VARCHAR", "The source."),
            ARTICLE,
            Column("content_id", "VARCHAR", "The content that the article had."),
            Column("marks", "UINTEGER[]", "Two MinHashes of the first half, two of the second."),
            Column("picks", "UINTEGER[]", "Of each 8 word 5-grams in a row the least, hashed."),
        ),
    ),
    Table(
        "boilerplate",
        "What is boilerplate of a source: once it is, it stays.",
        (
            COMMIT,
            Column("source", "VARCHAR", "The source."),
            Column("pick", "UINTEGER", "A pick that many of its articles have."),
        ),
    ),
    Table(
        "renewals",
        "Contents that were signed again: what earlier commits compared them by counts no more.",
        (
            COMMIT,
            Column("content_id", "VARCHAR", "The content."),
            Column("article_id", "VARCHAR", "An article that has or had it."),
        ),
    ),
    Table(
        "copy_bands",
        "Where contents meet that may be copies: one row for each band of each set of 5-grams.",
        (
            COMMIT,
            Column("key", "UBIGINT", "The band of the MinHash, hashed."),
            Column("content_id", "VARCHAR", "The first content with that set of 5-grams."),
        ),
        122_880,
    ),
    Table(
        "copy_pairs",
        "Pairs of contents that are the same text, verified exactly.",
        (
            COMMIT,
            Column("content_a", "VARCHAR", "One content."),
            Column("content_b", "VARCHAR", "The other, greater one."),
            Column("jaccard", "FLOAT", "Shared word 5-grams over all of the two."),
            Column("containment", "FLOAT", "Shared word 5-grams over those of the smaller."),
        ),
    ),
    Table(
        "copies",
        "Which article each article copies, each time that changed.",
        (
            COMMIT,
            ARTICLE,
            Column("original_id", "VARCHAR", "The article it copies; null: a copy no more."),
            Column("copy_kind", "VARCHAR", "exact, near or excerpt."),
            Column("jaccard", "FLOAT", "Similarity of the two texts."),
            Column("containment", "FLOAT", "How much of the smaller is in the other."),
        ),
    ),
    Table(
        "taggings",
        "Which revisions were tagged with entities.",
        (
            COMMIT,
            ARTICLE,
            REVISION,
            Column("tagger_version", "INTEGER", "Which definition of the tagger."),
            Column("entity_ids", "VARCHAR[]", "The distinct entities that it mentions."),
        ),
    ),
    Table(
        "mentions",
        "Where each entity is mentioned.",
        (
            COMMIT,
            ARTICLE,
            REVISION,
            Column("entity_id", "VARCHAR", "The entity."),
            Column("type", "VARCHAR", "The entity's type."),
            Column("surface", "VARCHAR", "The words that name it there."),
            Column("char_start", "INTEGER", "First character, from 0, in the text or headline."),
            Column("char_end", "INTEGER", "The character after the last."),
            Column("in_title", "BOOLEAN", "The place is in the headline."),
        ),
    ),
    Table(
        "entities",
        "Each entity, under each of the names that articles give it in full.",
        (
            COMMIT,
            Column("entity_id", "VARCHAR", "The Wikidata id where known, else one of ours."),
            Column("name", "VARCHAR", "A name that some article gives it in full."),
            Column("type", "VARCHAR", "person, organisation, country, place ..."),
            Column("wikidata_id", "VARCHAR", "The Wikidata id."),
            Column("country_code", "VARCHAR", "ISO 3166-1 alpha-2."),
            Column("latitude", "DOUBLE", "Degrees north."),
            Column("longitude", "DOUBLE", "Degrees east."),
        ),
    ),
    Table(
        "story_edges",
        "Pairs of articles that may report one event, with the score and why.",
        (
            COMMIT,
            Column("article_a", "VARCHAR", "One article."),
            Column("revision_a", "INTEGER", "Its revision that was compared."),
            Column("article_b", "VARCHAR", "The other article."),
            Column("revision_b", "INTEGER", "Its revision that was compared."),
            Column("score", "FLOAT", "The model's probability that they report one event."),
            Column("features", "MAP(VARCHAR, FLOAT)", "What the model saw."),
            Column("evidence", EVIDENCE, "The shared terms and entities that weigh most."),
            Column("model_version", "INTEGER", "Which model gave the score."),
        ),
    ),
    Table(
        "story_members",
        "Which story each article belongs to, each time that changed.",
        (COMMIT, ARTICLE, Column("story_id", "VARCHAR", "The story; null: in none any more.")),
    ),
    Table(
        "story_states",
        "A story's own facts, each time its articles changed.",
        (
            COMMIT,
            Column("story_id", "VARCHAR", "The story."),
            Column("representative_id", "VARCHAR", "Its most central article."),
            Column("title_article_id", "VARCHAR", "Its most central article with a headline."),
            Column("cohesion", "FLOAT", "Mean score of its pairs of articles."),
            Column(
                "raised_to",
                "FLOAT",
                "The join score that an outsize component was split at; null where the usual one "
                "held.",
            ),
        ),
    ),
    Table(
        "story_events",
        "What happened to each story.",
        (
            COMMIT,
            RUN,
            Column("story_id", "VARCHAR", "The story."),
            Column("happened_at", "TIMESTAMP", "When, in UTC."),
            Column("event", "VARCHAR", "created, grew, shrank, merged, split or ended."),
            Column("other_story_id", "VARCHAR", "The other story of a merge or split."),
            Column("article_count", "INTEGER", "Its articles afterwards, copies not counted."),
        ),
    ),
    Table(
        "event_marks",
        "What of each distinct content stands in any language; only made where languages meet.",
        (
            COMMIT,
            Column("content_id", "VARCHAR", "The content."),
            Column("marks_version", "SMALLINT", "Which definition made the values."),
            Column(
                "mark_kinds",
                "UTINYINT[]",
                "1 place, 2 number, 3 day, 4 name, 5 sound, 6 full name.",
            ),
            Column("mark_ids", "UINTEGER[]", "The marks, hashed: the same in every language."),
            Column("mark_weights", "UTINYINT[]", "How rare each is, in steps of 0.04."),
            Column("marks_in_lead", "BOOLEAN[]", "Whether it stands in headline or lead."),
        ),
    ),
    Table(
        "event_edges",
        "Pairs of articles of two languages that may report one event, with the score and why.",
        (
            COMMIT,
            Column("article_a", "VARCHAR", "One article."),
            Column("revision_a", "INTEGER", "Its revision that was compared."),
            Column("article_b", "VARCHAR", "The other article, of another language."),
            Column("revision_b", "INTEGER", "Its revision that was compared."),
            Column("score", "FLOAT", "The model's probability that they report one event."),
            Column("features", "MAP(VARCHAR, FLOAT)", "What the model saw."),
            Column("evidence", EVIDENCE, "The shared names, places, numbers and days."),
            Column("model_version", "INTEGER", "Which model gave the score."),
        ),
    ),
    Table(
        "event_members",
        "Which event each story belongs to, each time that changed.",
        (
            COMMIT,
            Column("story_id", "VARCHAR", "The story."),
            Column("event_id", "VARCHAR", "The event; null: in none any more."),
            Column("cohesion", "FLOAT", "Mean score of the event's pairs of stories."),
        ),
    ),
    Table(
        "tombstones",
        "Articles that were removed on request, for ever.",
        (
            COMMIT,
            ARTICLE,
            Column("url", "VARCHAR", "Its canonical address, where it had one."),
            Column("reason", "VARCHAR", "Why it was removed."),
            Column("removed_at", "TIMESTAMP", "When, in UTC."),
        ),
    ),
    Table(
        "source_settings",
        "What newsloom.toml said about a source, each time that changed.",
        (
            COMMIT,
            SOURCE,
            Column("kind", "VARCHAR", "feed, sitemap or site; null: no longer listed."),
            Column("address", "VARCHAR", "The web address that is polled."),
            Column("schedule", "VARCHAR", "adaptive, or a fixed interval."),
            Column("language", "VARCHAR", "The language to expect, ISO 639-1."),
            Column("country", "VARCHAR", "The country it reports from, ISO 3166-1 alpha-2."),
            Column("tags", "VARCHAR[]", "The user's own words for it."),
            Column("paywalled", "BOOLEAN", "It is known to have a paywall."),
            Column("paused", "BOOLEAN", "It is not polled for now."),
        ),
    ),
    Table(
        "polls",
        "Each look at a source's feed or sitemap, and when the next one is due.",
        (
            COMMIT,
            RUN,
            SOURCE,
            Column("address", "VARCHAR", "The web address that was asked."),
            Column("polled_at", "TIMESTAMP", "When, in UTC."),
            Column("outcome", "VARCHAR", "read, not_modified or failed."),
            Column("reason", "VARCHAR", "Why it failed."),
            Column("detail", "VARCHAR", "What exactly was wrong."),
            Column("http_status", "INTEGER", "The server's answer."),
            Column("conditional", "BOOLEAN", "The server was asked for changes only."),
            Column("etag", "VARCHAR", "The server's name for what it sent."),
            Column("last_modified", "VARCHAR", "When the server says that it last changed."),
            Column("content_hash", "VARCHAR", "What it sent, hashed."),
            Column("entries", "INTEGER", "Entries listed."),
            Column("entries_new", "INTEGER", "Entries that were not known."),
            Column("entries_again", "INTEGER", "Known entries that were looked at again."),
            Column("newest_entry_at", "TIMESTAMP", "The latest date among them, in UTC."),
            Column("failures", "INTEGER", "Failures in a row, this one included."),
            Column("failure_weight", "DOUBLE", "What these weigh: gone 1, temporary 0.25."),
            Column("interval_seconds", "DOUBLE", "How long until the next look."),
            Column("due_at", "TIMESTAMP", "When that is due, in UTC."),
        ),
    ),
    Table(
        "hosts",
        "What each web host asked of programs: its robots.txt, and pauses.",
        (
            COMMIT,
            Column("host", "VARCHAR", "The host, with its port where it is an unusual one."),
            Column("robots", "VARCHAR", "Its robots.txt; null where there is none."),
            Column("robots_status", "INTEGER", "The server's answer to the request for it."),
            Column("robots_at", "TIMESTAMP", "When it was asked for, in UTC."),
            Column("ready_at", "TIMESTAMP", "Before this the host wants no request, in UTC."),
        ),
    ),
    Table(
        "backfill_marks",
        "How far each file of a backfill has been taken.",
        (
            COMMIT,
            RUN,
            Column("uri", "VARCHAR", "The file."),
            Column("fingerprint", "VARCHAR", "Its size and time of change, hashed."),
            Column("items_done", "BIGINT", "Items of it that are in the warehouse."),
            Column("finished", "BOOLEAN", "That was all of it."),
        ),
    ),
)

TABLE = {table.name: table for table in TABLES}

RENEWED = {
    "signatures": ("content_id",),
    "copy_bands": ("content_id",),
    "copy_pairs": ("content_a", "content_b"),
    "story_edges": ("article_a", "article_b"),
}
"""Facts that follow from signatures, and the contents or articles they are about: rows from before
a renewal of one of these are hidden from all readers."""


def unrenewed(name: str, rows: str) -> str:
    """Return `rows`, a FROM clause's source of a fact table's rows, without the renewed ones."""
    columns = RENEWED.get(name, ())
    joins = [
        f" ANTI JOIN (SELECT {column.rpartition('_')[0]}_id AS id, max(commit_id) AS since "
        f"FROM facts.renewals GROUP BY ALL) AS r{number} "
        f"ON r{number}.id = f.{column} AND r{number}.since > f.commit_id"
        for number, column in enumerate(columns)
    ]
    return f"SELECT f.* FROM {rows} AS f{''.join(joins)}" if joins else f"FROM {rows}"
