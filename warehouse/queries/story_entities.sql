-- The entities of a story, by the number of its articles that mention them.
SELECT e.type, e.name, count(DISTINCT m.article_id) AS articles, count(*) AS times
FROM mentions AS m
JOIN articles AS a USING (article_id)
JOIN entities AS e USING (entity_id)
WHERE a.story_id = $story
GROUP BY ALL
ORDER BY articles DESC, times DESC, e.name
