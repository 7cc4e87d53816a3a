WITH its AS (
    SELECT a.article_id
    FROM (SELECT DISTINCT article_id FROM mentions WHERE entity_id = $entity_id) AS m
    JOIN articles AS a USING (article_id)
    WHERE a.duplicate_of IS NULL
    ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, a.article_id
    LIMIT 2000
)
SELECT e.entity_id, e.name, e.type, count(DISTINCT m.article_id) AS articles_with_both,
       e.article_count
FROM its
JOIN mentions AS m USING (article_id)
JOIN entities AS e USING (entity_id)
WHERE m.entity_id <> $entity_id
GROUP BY ALL
ORDER BY articles_with_both DESC, e.name
LIMIT 40
