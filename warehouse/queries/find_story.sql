-- Stories by id or start of id; a story that was merged away leads to the one it went into.
WITH RECURSIVE matching AS (
    SELECT DISTINCT story_id FROM facts.story_members
    WHERE story_id = $text OR (length($text) >= 3 AND starts_with(story_id, $text))
),
present AS (SELECT DISTINCT story_id FROM facts.live_members),
followed AS (
    SELECT story_id, 0 AS steps FROM matching
    UNION
    SELECT h.other_story_id, f.steps + 1
    FROM followed AS f
    JOIN facts.story_events AS h
        ON h.story_id = f.story_id AND h.event = 'merged' AND f.steps < 100
    WHERE f.story_id NOT IN (FROM present)
)
SELECT DISTINCT story_id FROM followed SEMI JOIN present USING (story_id) ORDER BY story_id LIMIT 6
