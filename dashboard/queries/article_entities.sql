SELECT m.entity_id, e.name, m.type, count(*) AS mentions, e.article_count, e.wikidata_id
FROM facts.mentions AS m
JOIN entities AS e USING (entity_id)
WHERE m.article_id = $original_id
  AND m.revision = (SELECT revision FROM articles WHERE article_id = $original_id)
GROUP BY ALL
ORDER BY mentions DESC, e.name
