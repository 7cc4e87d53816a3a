-- The copies and stories that an article was in, and its removal, oldest first.
SELECT m.commit_id, m.what, m.id, m.kind, run.happened_at AS at, run.run_id
FROM (
    SELECT commit_id, 'story' AS what, story_id AS id, NULL AS kind
    FROM facts.story_members WHERE article_id = $article
    UNION ALL
    SELECT commit_id, 'copy', original_id, copy_kind FROM facts.copies WHERE article_id = $article
    UNION ALL
    SELECT DISTINCT commit_id, 'removed', reason, NULL FROM facts.tombstones
    WHERE article_id = $article
) AS m
LEFT JOIN (
    SELECT commit_id, max(happened_at) AS happened_at, any_value(run_id) AS run_id
    FROM facts.run_events GROUP BY commit_id
) AS run USING (commit_id)
ORDER BY m.commit_id, m.what, m.id
