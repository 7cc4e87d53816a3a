WITH grown AS (
    SELECT story_id, count(*) AS new_articles FROM articles
    WHERE first_seen_at >= $since GROUP BY story_id
),
chosen AS (
    SELECT s.*, g.new_articles
    FROM facts.live_stories AS s
    JOIN grown AS g USING (story_id)
    WHERE s.article_count >= $least AND contains(lower(coalesce(s.title, '')), lower($q))
    ORDER BY new_articles DESC, last_published_at DESC NULLS LAST, article_count DESC, story_id
    LIMIT 100
),
named AS (
    SELECT m.story_id, e.name, count(DISTINCT m.article_id) AS articles, count(*) AS times
    FROM facts.live_story_articles AS m
    JOIN chosen USING (story_id)
    JOIN facts.mentions AS f ON f.article_id = m.article_id AND f.revision = m.revision
    JOIN entities AS e USING (entity_id)
    WHERE NOT m.is_copy
    GROUP BY ALL
),
top AS (
    SELECT story_id, list(name ORDER BY articles DESC, times DESC, name)[:8] AS top_entities
    FROM named GROUP BY story_id
)
SELECT c.story_id, coalesce(nullif(c.title, ''), '(no headline)') AS title, c.new_articles,
       c.article_count, c.source_count, c.began_at, c.last_published_at,
       coalesce(t.top_entities, []) AS top_entities, c.languages
FROM chosen AS c
LEFT JOIN top AS t USING (story_id)
ORDER BY c.new_articles DESC, c.last_published_at DESC NULLS LAST, c.article_count DESC, c.story_id
