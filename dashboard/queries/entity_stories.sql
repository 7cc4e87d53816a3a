SELECT s.story_id, coalesce(nullif(s.title, ''), '(no headline)') AS title, m.articles_with_it,
       s.article_count, s.source_count, s.began_at
FROM (
    SELECT a.story_id, count(*) AS articles_with_it
    FROM articles AS a
    SEMI JOIN (SELECT DISTINCT article_id, revision FROM facts.mentions
               WHERE entity_id = $entity_id) AS m USING (article_id, revision)
    WHERE a.duplicate_of IS NULL
    GROUP BY a.story_id
) AS m
JOIN stories AS s USING (story_id)
WHERE s.article_count > 1
ORDER BY s.began_at DESC, s.story_id
LIMIT 50
