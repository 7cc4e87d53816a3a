SELECT a.article_id, coalesce(nullif(a.title, ''), '(no headline)') AS title, a.source,
       coalesce(a.published_at, a.first_seen_at) AS told_at, m.mentions, a.story_id
FROM (
    SELECT article_id, revision, count(*) AS mentions FROM facts.mentions
    WHERE entity_id = $entity_id GROUP BY article_id, revision
) AS m
JOIN articles AS a USING (article_id, revision)
WHERE a.duplicate_of IS NULL
ORDER BY told_at DESC, a.article_id
LIMIT 100
