-- The front page: stories of at least so many articles, by growth, size or date. `growth` counts the
-- articles first seen since a moment; `names` are the top entities that are no countries.
SELECT s.*, coalesce(grown.growth, 0) AS growth,
       list_filter(s.top_entities, lambda name: NOT list_contains(known.countries, name)) AS names
FROM stories AS s
LEFT JOIN (
    SELECT story_id, count(*) AS growth
    FROM facts.live_story_articles
    WHERE first_seen_at >= $since
    GROUP BY story_id
) AS grown USING (story_id),
(SELECT coalesce(list(name), []) AS countries FROM facts.live_entities WHERE type = 'country') AS known
WHERE s.article_count >= $least AND ($all_time OR grown.growth > 0)
ORDER BY CASE $sort WHEN 'growth' THEN grown.growth WHEN 'size' THEN s.article_count END
             DESC NULLS LAST,
         s.last_published_at DESC NULLS LAST, s.article_count DESC, s.story_id
LIMIT $most
