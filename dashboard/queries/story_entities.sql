SELECT e.entity_id, e.name, e.type, count(DISTINCT m.article_id) AS articles, count(*) AS mentions
FROM mentions AS m
JOIN articles AS a USING (article_id)
JOIN entities AS e USING (entity_id)
WHERE a.story_id = $story_id
GROUP BY ALL
ORDER BY articles DESC, mentions DESC, e.name
LIMIT 60
