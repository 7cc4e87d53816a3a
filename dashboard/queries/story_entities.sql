SELECT e.entity_id, e.name, e.type, count(DISTINCT m.article_id) AS articles, count(*) AS mentions
FROM facts.mentions AS m
JOIN articles AS a ON a.article_id = m.article_id AND a.revision = m.revision
JOIN entities AS e USING (entity_id)
WHERE a.story_id = $story_id AND a.duplicate_of IS NULL
GROUP BY ALL
ORDER BY articles DESC, mentions DESC, e.name
LIMIT 30
