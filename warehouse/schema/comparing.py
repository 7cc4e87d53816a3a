"""By what contents are compared, and which copy which."""

from warehouse.schema.columns import ARTICLE, COMMIT, Column, Table

TABLES: tuple[Table, ...] = (
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
)
