-- Every article with its story: a copy is in the story of its original. An article whose date is
-- still to come is undated here.
SELECT m.story_id, r.article_id, r.revision, c.original_id IS NOT NULL AS is_copy, r.source,
       CASE WHEN r.published_doubt = 'future' THEN NULL ELSE r.published_at END AS published_at,
       r.first_seen_at, r.language
FROM facts.live_revisions AS r
LEFT JOIN facts.live_copies AS c USING (article_id)
JOIN facts.live_members AS m ON m.article_id = coalesce(c.original_id, r.article_id)
