"""Which articles report one event, in one language and across languages."""

from warehouse.schema.columns import ARTICLE, COMMIT, EVIDENCE, RUN, Column, Table

TABLES: tuple[Table, ...] = (
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
)
