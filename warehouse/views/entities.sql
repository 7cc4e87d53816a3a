-- Of several names the best spelt one counts, whichever came first: with a capital, not all of them,
-- then the longest.
SELECT e.entity_id, e.name, e.type, e.wikidata_id, e.country_code, e.latitude, e.longitude,
       used.article_count
FROM (
    SELECT *
    FROM facts.entities
    QUALIFY row_number() OVER (
        PARTITION BY entity_id
        ORDER BY left(name, 1) = lower(left(name, 1)), length(name) > 6 AND name = upper(name),
                 length(name) DESC, name
    ) = 1
) AS e
JOIN (
    SELECT entity_id, count(DISTINCT article_id) AS article_count
    FROM mentions
    GROUP BY entity_id
) AS used USING (entity_id)
