-- The present revision of every article that was not removed.
SELECT r.*, known.first_seen_at
FROM facts.article_revisions AS r
JOIN (
    SELECT article_id, max(revision) AS revision, min(seen_at) AS first_seen_at
    FROM facts.article_revisions
    GROUP BY article_id
) AS known USING (article_id, revision)
ANTI JOIN facts.tombstones USING (article_id)
