-- The stories of two or more articles that a run's inputs take part in, those it changed first.
WITH met AS (
    SELECT a.story_id, count(*) AS items
    FROM facts.item_events AS i
    JOIN articles AS a USING (article_id)
    WHERE i.run_id = $run
    GROUP BY a.story_id
),
changed AS (SELECT DISTINCT story_id FROM facts.story_events WHERE run_id = $run)
SELECT s.story_id, s.title, s.article_count, s.source_count, s.languages, s.top_entities,
       c.story_id IS NOT NULL AS changed
FROM met
JOIN stories AS s USING (story_id)
LEFT JOIN changed AS c USING (story_id)
WHERE s.article_count > 1
ORDER BY changed DESC, s.article_count DESC, s.story_id
