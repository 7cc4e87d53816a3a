SELECT c.article_id, c.original_id, c.copy_kind, c.jaccard, c.containment,
       copy.source AS source, original.source AS original_source
FROM facts.live_copies AS c
JOIN facts.live_revisions AS copy USING (article_id)
JOIN facts.live_revisions AS original ON original.article_id = c.original_id
