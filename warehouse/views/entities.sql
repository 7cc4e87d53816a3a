SELECT e.entity_id, e.name, e.type, e.wikidata_id, e.country_code, e.latitude, e.longitude,
       used.article_count
FROM (
    SELECT entity_id, unnest(first)
    FROM (
        SELECT
            entity_id,
            arg_min(
                {
                    'name': name, 'type': type, 'wikidata_id': wikidata_id,
                    'country_code': country_code, 'latitude': latitude, 'longitude': longitude
                },
                commit_id
            ) AS first
        FROM facts.entities
        GROUP BY entity_id
    )
) AS e
JOIN (
    SELECT entity_id, count(DISTINCT article_id) AS article_count
    FROM mentions
    GROUP BY entity_id
) AS used USING (entity_id)
