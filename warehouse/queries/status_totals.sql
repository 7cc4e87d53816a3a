-- Counted where the views stand, not in them: their other columns would be worked out for nothing.
SELECT
    (SELECT count(*) FROM facts.live_revisions) AS articles,
    (SELECT count(*) FROM facts.live_copies) AS copies,
    (SELECT count(*) FROM (SELECT story_id FROM facts.live_story_articles
                           GROUP BY story_id HAVING count(*) > 1)) AS stories,
    (SELECT count(DISTINCT entity_id) FROM facts.mentions
     SEMI JOIN facts.entities USING (entity_id)
     SEMI JOIN facts.live_revisions USING (article_id, revision)
     ANTI JOIN facts.live_copies USING (article_id)) AS entities,
    (SELECT count(*) FROM (SELECT source FROM facts.live_revisions
                           UNION SELECT source FROM facts.live_sources)) AS sources,
    (SELECT count(*) FROM rejects) AS rejects,
    (SELECT published_at FROM facts.published) AS published_at,
    (SELECT commit_id FROM facts.published) AS commit_id
