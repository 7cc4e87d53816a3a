SELECT e.entity_id, e.name, e.type, e.wikidata_id, e.country_code, e.latitude, e.longitude,
       used.article_count
FROM facts.live_entities AS e
JOIN (
    SELECT entity_id, count(DISTINCT article_id) AS article_count
    FROM mentions
    GROUP BY entity_id
) AS used USING (entity_id)
