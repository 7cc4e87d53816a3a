WITH stored AS (
    SELECT
        source,
        count(*) AS article_count,
        count(duplicate_of) AS copy_count,
        count(DISTINCT story_id) AS story_count,
        min(first_seen_at) AS first_seen_at,
        max(first_seen_at) AS last_new_at,
        list_sort(list(DISTINCT language)) AS languages
    FROM articles
    GROUP BY source
)
SELECT
    source,
    coalesce(article_count, 0) AS article_count,
    coalesce(copy_count, 0) AS copy_count,
    coalesce(story_count, 0) AS story_count,
    first_seen_at, last_new_at, languages,
    kind, address, schedule, country, tags, paywalled, paused
FROM stored
FULL JOIN facts.live_sources USING (source)
