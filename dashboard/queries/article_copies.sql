SELECT a.article_id, coalesce(nullif(a.title, ''), '(no headline)') AS title, a.source,
       coalesce(a.published_at, a.first_seen_at) AS told_at, c.copy_kind, c.jaccard, c.containment,
       c.original_id
FROM articles AS a
JOIN facts.live_copies AS c USING (article_id)
WHERE a.duplicate_of = $original_id
ORDER BY told_at, a.article_id
LIMIT 200
