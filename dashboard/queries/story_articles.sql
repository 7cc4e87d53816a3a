SELECT article_id, coalesce(nullif(title, ''), '(no headline)') AS title,
       coalesce(source, '(no source)') AS source,
       coalesce(published_at, first_seen_at) AS told_at, published_at IS NULL AS undated,
       language, word_count, revision, duplicate_of,
       CASE WHEN duplicate_of IS NULL THEN 'own words' ELSE 'copy' END AS words,
       coalesce(canonical_url, url) AS address
FROM articles
WHERE story_id = $story_id
ORDER BY duplicate_of IS NOT NULL, told_at, article_id
LIMIT 500
