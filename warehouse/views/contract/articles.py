"""Articles, and the entities in them."""

from warehouse.schema import Column
from warehouse.views.contract.view import ARTICLE, View, facts

VIEWS: tuple[View, ...] = (
    View(
        "articles",
        "One row an article, in its present revision. Removed articles are not here.",
        (
            ARTICLE,
            *facts(
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
            *facts(
                "article_revisions",
                "language",
                "language_confidence",
                "word_count",
            ),
            Column("revision", "INTEGER", "How often it has been seen in different words, from 1."),
            Column("text", "VARCHAR", "The text, without the headline."),
            *facts(
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
            ARTICLE,
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
        "duplicates",
        "One row an article that copies another one.",
        (
            ARTICLE,
            Column("original_id", "VARCHAR", "The article it copies: the earliest, then longest."),
            Column("copy_kind", "VARCHAR", "exact, near or excerpt."),
            Column("jaccard", "FLOAT", "Shared word 5-grams over all of the two."),
            Column("containment", "FLOAT", "Shared word 5-grams over those of the smaller."),
            Column("source", "VARCHAR", "The source of the copy."),
            Column("original_source", "VARCHAR", "The source of the original."),
        ),
    ),
)
