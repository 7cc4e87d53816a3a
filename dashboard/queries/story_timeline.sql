SELECT article_id, coalesce(source, '(no source)') AS source,
       coalesce(published_at, first_seen_at) AS told_at,
       CASE WHEN duplicate_of IS NULL THEN 'own words' ELSE 'copy' END AS words
FROM articles
WHERE story_id = $story_id
ORDER BY told_at, article_id
LIMIT 2000
