WITH its AS (
    SELECT article_id, revision FROM facts.live_story_articles
    WHERE story_id = $story_id AND NOT is_copy
)
SELECT s.*, (
    -- A feature of 0 is not stored.
    SELECT round(1 - avg(coalesce(e.features['term_cosine'], 0)), 3)
    FROM facts.story_edges AS e
    JOIN its AS a ON a.article_id = e.article_a AND a.revision = e.revision_a
    JOIN its AS b ON b.article_id = e.article_b AND b.revision = e.revision_b
) AS wording_spread
FROM facts.live_stories AS s
WHERE s.story_id = $story_id
