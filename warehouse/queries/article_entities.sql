-- The entities of an article, most mentioned first.
SELECT e.name, e.type, e.wikidata_id, count(*) AS times
FROM mentions AS m
JOIN entities AS e USING (entity_id)
WHERE m.article_id = $article
GROUP BY ALL
ORDER BY times DESC, e.name
