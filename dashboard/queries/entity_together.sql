WITH its AS (
    SELECT a.article_id, a.revision
    FROM articles AS a
    SEMI JOIN (SELECT DISTINCT article_id, revision FROM facts.mentions
               WHERE entity_id = $entity_id) AS m USING (article_id, revision)
    WHERE a.duplicate_of IS NULL
    ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, a.article_id
    LIMIT 500
),
together AS (
    SELECT m.entity_id, count(DISTINCT m.article_id) AS articles_with_both
    FROM facts.mentions AS m
    SEMI JOIN its USING (article_id, revision)
    WHERE m.entity_id <> $entity_id
    GROUP BY m.entity_id
)
SELECT e.entity_id, e.name, e.type, t.articles_with_both, e.article_count
FROM together AS t
JOIN entities AS e USING (entity_id)
ORDER BY t.articles_with_both DESC, e.name
LIMIT 40
