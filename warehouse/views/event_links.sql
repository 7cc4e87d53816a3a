SELECT
    e.article_a, e.article_b, e.score,
    x.event_id IS NOT NULL AND x.event_id = y.event_id AS same_event,
    e.features, e.evidence, e.model_version
FROM facts.live_event_edges AS e
LEFT JOIN facts.live_members AS a ON a.article_id = e.article_a
LEFT JOIN facts.live_members AS b ON b.article_id = e.article_b
LEFT JOIN facts.live_event_members AS x ON x.story_id = a.story_id
LEFT JOIN facts.live_event_members AS y ON y.story_id = b.story_id
