-- What the content checks look at: the articles of the last 29 days, as they were when they came.
SELECT r.article_id, r.source, r.seen_at, r.title <> '' AS has_title,
       coalesce(r.published_from <> 'fetched' AND r.published_doubt IS NULL, false) AS has_date,
       r.word_count, r.language, c.article_id IS NOT NULL AS is_copy,
       t.entity_count
FROM facts.article_revisions AS r
ANTI JOIN facts.tombstones USING (article_id)
LEFT JOIN facts.live_copies AS c USING (article_id)
LEFT JOIN (
    SELECT article_id, max(len(entity_ids)) AS entity_count
    FROM facts.taggings WHERE revision = 1 GROUP BY article_id
) AS t USING (article_id)
WHERE r.revision = 1 AND r.seen_at > (SELECT moment FROM facts.present) - INTERVAL 29 DAY
