SELECT s.story_id, coalesce(nullif(s.title, ''), '(no headline)') AS title,
       coalesce(grown.new_articles, 0) AS new_articles, s.article_count, s.source_count,
       s.began_at, s.last_published_at, s.top_countries, s.top_entities, s.languages
FROM stories AS s
JOIN (
    SELECT story_id, count(*) AS new_articles FROM articles
    WHERE first_seen_at >= $since GROUP BY story_id
) AS grown USING (story_id)
WHERE s.article_count >= $least AND contains(lower(coalesce(s.title, '')), lower($q))
ORDER BY new_articles DESC, s.last_published_at DESC NULLS LAST, s.article_count DESC, s.story_id
LIMIT 100
