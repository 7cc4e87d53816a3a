SELECT d.article_id, coalesce(nullif(a.title, ''), '(no headline)') AS title, a.source,
       coalesce(a.published_at, a.first_seen_at) AS told_at, d.copy_kind, d.jaccard, d.containment,
       d.original_id
FROM duplicates AS d
JOIN articles AS a USING (article_id)
WHERE d.original_id = $original_id
ORDER BY told_at, d.article_id
LIMIT 200
