-- The front page: stories of at least so many articles, by growth, size or date.
SELECT s.story_id, s.title, s.article_count, s.source_count, s.copy_count, s.first_published_at,
       s.last_published_at, s.last_seen_at, s.languages, s.top_entities, grown.recent
FROM stories AS s
LEFT JOIN (
    SELECT story_id, count(*) AS recent
    FROM articles
    WHERE first_seen_at >= make_timestamp(epoch_us(now())) - to_seconds($since_seconds)
    GROUP BY story_id
) AS grown USING (story_id)
WHERE s.article_count >= $least AND ($all_time OR grown.recent > 0)
ORDER BY CASE $sort WHEN 'growth' THEN grown.recent WHEN 'size' THEN s.article_count END
             DESC NULLS LAST,
         s.last_published_at DESC NULLS LAST, s.article_count DESC, s.story_id
LIMIT $most
