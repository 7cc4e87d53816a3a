SELECT entity_id, name, type, country_code, article_count, wikidata_id
FROM entities
WHERE contains(lower(name), lower($q)) AND ($type = '' OR type = $type)
ORDER BY lower(name) = lower($q) DESC, article_count DESC, name
LIMIT 200
