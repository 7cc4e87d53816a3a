"""The Arrow tables that pass between stages: ITEM -> DOCUMENT -> MENTION.

    discover, fetch   -> ITEM       one row an item: where it was found and its raw bytes
    extract, language -> DOCUMENT   one row an item, in the same order: the article in it
    entities          -> MENTION    one row a mention of an entity

A row whose `reason` is set is a reject; later stages pass it on untouched.
"""

import pyarrow as pa

TIMESTAMP = pa.timestamp("us")
"""Moments are UTC without a zone, to the microsecond."""

ITEM = pa.schema(
    [
        pa.field("ordinal", pa.int64(), nullable=False),  # position in the run, from 0
        pa.field("locator", pa.string(), nullable=False),  # path or URL as given, rows as path#12
        pa.field("kind", pa.string(), nullable=False),  # vocabulary.Kind
        pa.field("source", pa.string()),  # name given by the user or derived from the path
        pa.field("source_given", pa.bool_()),  # the user named the source: it beats a URL's host
        pa.field("uri", pa.string(), nullable=False),  # file URI or URL: the last-resort identity
        pa.field("content", pa.binary()),  # raw bytes: a file, a fetched page, a row as JSON
        pa.field("content_hash", pa.string()),  # ids.content_hash of kind and content
        # As the server said, for fetched pages; discover.rows.ROW_TYPE where a row named the page.
        pa.field("content_type", pa.string()),
        pa.field("final_url", pa.string()),  # after redirects, for fetched pages
        pa.field("redirects", pa.list_(pa.string())),  # the addresses on the way there, in order
        pa.field("fetched_at", TIMESTAMP),  # for fetched pages; when it was tried, for failures
        pa.field("http_status", pa.int32()),  # the last answer's; 304 where nothing has changed
        # Validators: before fetching, those to send; after it, those of the answer.
        pa.field("etag", pa.string()),
        pa.field("last_modified", pa.string()),
        pa.field("discovered_at", TIMESTAMP),
        pa.field("via", pa.string()),  # the feed, sitemap or archive that it was found in
        pa.field("listing_hash", pa.string()),  # what that said about it, hashed: shows a change
        pa.field("listing", pa.string()),  # the same as JSON: the fields of a row, without its html
        pa.field("paywalled", pa.bool_()),  # the source is known to have a paywall
        pa.field("reason", pa.string()),  # vocabulary.Reason of a reject
        pa.field("detail", pa.string()),  # what exactly was wrong, for a person
    ]
)

DOCUMENT = pa.schema(
    [
        pa.field("ordinal", pa.int64(), nullable=False),
        pa.field("article_id", pa.string()),
        pa.field("external_id", pa.string()),
        pa.field("source", pa.string()),
        pa.field("url", pa.string()),
        pa.field("canonical_url", pa.string()),
        pa.field("title", pa.string()),  # "" where none was found
        pa.field("text", pa.string()),  # without the headline
        pa.field("authors", pa.list_(pa.string())),
        pa.field("published_at", TIMESTAMP),  # null: undated
        pa.field("published_precision", pa.string()),  # "day", "second"
        pa.field("published_from", pa.string()),  # "row", "page", "url", "document", "fetched"
        pa.field("published_doubt", pa.string()),  # vocabulary.Doubt
        pa.field("updated_at", TIMESTAMP),  # null: not known, or no later than published_at
        pa.field("updated_precision", pa.string()),  # as published_precision
        pa.field("updated_from", pa.string()),  # as published_from
        pa.field("description", pa.string()),
        pa.field("image_url", pa.string()),
        pa.field("site_name", pa.string()),
        # ISO 639-1, or "und"; from extract until the language stage, what a row declares.
        pa.field("language", pa.string()),
        pa.field("language_confidence", pa.float32()),  # 0..1
        pa.field("word_count", pa.int32()),
        pa.field("content_id", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("detail", pa.string()),
    ]
)

MENTION = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("entity_id", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),  # canonical name of the entity
        pa.field("type", pa.string(), nullable=False),  # vocabulary.EntityType
        pa.field("surface", pa.string(), nullable=False),  # the words in the article
        pa.field("char_start", pa.int32(), nullable=False),  # in text, or in title if in_title
        pa.field("char_end", pa.int32(), nullable=False),
        pa.field("in_title", pa.bool_(), nullable=False),
        pa.field("wikidata_id", pa.string()),
        pa.field("country_code", pa.string()),  # ISO 3166-1 alpha-2
        pa.field("latitude", pa.float64()),
        pa.field("longitude", pa.float64()),
    ]
)


def empty(schema: pa.Schema) -> pa.Table:
    """Return a table of `schema` without rows."""
    return schema.empty_table()
