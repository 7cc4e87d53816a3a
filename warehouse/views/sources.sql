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
