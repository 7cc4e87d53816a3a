WITH articles_of AS (
    SELECT
        m.event_id,
        list_sort(list(DISTINCT a.language)) AS languages,
        count(*) AS article_count,
        count(DISTINCT a.source) AS source_count,
        min(a.published_at) AS began_at,
        max(a.published_at) AS last_published_at
    FROM facts.live_event_members AS m
    JOIN articles AS a USING (story_id)
    GROUP BY m.event_id
),
stories_of AS (
    SELECT
        m.event_id,
        any_value(m.cohesion) AS cohesion,
        list(s.story_id ORDER BY s.article_count DESC, s.story_id) AS story_ids,
        list(s.title ORDER BY s.article_count DESC, s.story_id) AS titles
    FROM facts.live_event_members AS m
    JOIN stories AS s USING (story_id)
    GROUP BY m.event_id
)
SELECT
    event_id, s.titles[1] AS title, s.story_ids, a.languages, len(s.story_ids) AS story_count,
    a.article_count, a.source_count, a.began_at, a.last_published_at, s.cohesion
FROM stories_of AS s
JOIN articles_of AS a USING (event_id)
