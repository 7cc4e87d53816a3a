-- The edges inside a story, strongest first.
SELECT l.article_a, l.article_b, l.score, l.evidence
FROM story_links AS l
JOIN facts.live_members AS a ON a.article_id = l.article_a AND a.story_id = $story
JOIN facts.live_members AS b ON b.article_id = l.article_b AND b.story_id = $story
ORDER BY l.score DESC, l.article_a, l.article_b
LIMIT $most
