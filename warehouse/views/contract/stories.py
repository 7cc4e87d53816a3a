"""Stories and events: articles that report one event, and why."""

from warehouse.schema import EVIDENCE, Column
from warehouse.views.contract.view import EVENT, RUN, STORY, View, facts

VIEWS: tuple[View, ...] = (
    View(
        "stories",
        "One row a story: the articles that report one event. Every article is in exactly one.",
        (
            STORY,
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
            *facts("story_states", "raised_to"),
        ),
    ),
    View(
        "story_history",
        "What happened to each story, oldest first by commit_id.",
        (
            STORY,
            Column("happened_at", "TIMESTAMP", "When, in UTC."),
            Column("event", "VARCHAR", "created, grew, shrank, merged, split or ended."),
            Column("other_story_id", "VARCHAR", "The other story of a merge or split."),
            Column("article_count", "INTEGER", "Its articles afterwards, copies not counted."),
            RUN,
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
            EVENT,
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
            STORY,
            Column("other_story_id", "VARCHAR", "The story in another language."),
            Column("languages", "VARCHAR[]", "The languages of the other story."),
            Column("title", "VARCHAR", "The other story's title."),
            Column("article_count", "BIGINT", "The other story's articles, copies included."),
            Column(
                "score", "FLOAT", "The best score of a pair of articles; null if only inferred."
            ),
            Column("evidence", EVIDENCE, "What that pair shares."),
            EVENT,
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
)
