SELECT
    e.article_a, e.article_b, e.score,
    a.story_id IS NOT NULL AND a.story_id = b.story_id AS same_story,
    e.features, e.evidence, e.model_version
FROM facts.live_edges AS e
LEFT JOIN facts.live_members AS a ON a.article_id = e.article_a
LEFT JOIN facts.live_members AS b ON b.article_id = e.article_b
