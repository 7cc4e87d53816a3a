WITH pairs AS (
    SELECT a.story_id, b.story_id AS other_story_id, a.event_id
    FROM facts.live_event_members AS a
    JOIN facts.live_event_members AS b ON b.event_id = a.event_id AND b.story_id <> a.story_id
),
scored AS (
    SELECT
        m.story_id, n.story_id AS other_story_id,
        arg_max({'score': e.score, 'evidence': e.evidence}, (e.score, e.article_a, e.article_b))
            AS best
    FROM (
        SELECT article_a AS one, article_b AS other, * FROM facts.live_event_edges
        UNION ALL
        SELECT article_b, article_a, * FROM facts.live_event_edges
    ) AS e
    JOIN facts.live_members AS m ON m.article_id = e.one
    JOIN facts.live_members AS n ON n.article_id = e.other
    GROUP BY m.story_id, n.story_id
)
SELECT
    p.story_id, p.other_story_id, s.languages, s.title, s.article_count,
    scored.best.score AS score, scored.best.evidence AS evidence, p.event_id
FROM pairs AS p
JOIN stories AS s ON s.story_id = p.other_story_id
LEFT JOIN scored ON scored.story_id = p.story_id AND scored.other_story_id = p.other_story_id
