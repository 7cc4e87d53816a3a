"""Articles, what is said of them and in them, and what was removed."""

from warehouse.schema.columns import ARTICLE, COMMIT, REVISION, RUN, Column, Table

TABLES: tuple[Table, ...] = (
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
)
