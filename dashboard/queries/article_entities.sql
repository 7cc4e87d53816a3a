SELECT m.entity_id, e.name, m.type, count(*) AS mentions, e.article_count, e.wikidata_id
FROM mentions AS m
JOIN entities AS e USING (entity_id)
WHERE m.article_id = $article_id
GROUP BY ALL
ORDER BY mentions DESC, e.name
