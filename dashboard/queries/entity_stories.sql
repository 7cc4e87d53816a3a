SELECT s.story_id, coalesce(nullif(s.title, ''), '(no headline)') AS title,
       count(DISTINCT a.article_id) AS articles_with_it, s.article_count, s.source_count, s.began_at
FROM (SELECT DISTINCT article_id FROM mentions WHERE entity_id = $entity_id) AS m
JOIN articles AS a USING (article_id)
JOIN stories AS s USING (story_id)
WHERE s.article_count > 1
GROUP BY ALL
ORDER BY s.began_at DESC, s.story_id
LIMIT 50
