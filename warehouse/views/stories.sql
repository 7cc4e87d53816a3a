WITH counted AS (
    SELECT
        story_id,
        count(*) AS article_count,
        count(duplicate_of) AS copy_count,
        count(DISTINCT source) AS source_count,
        min(published_at) AS first_published_at,
        max(published_at) AS last_published_at,
        min(first_seen_at) AS first_seen_at,
        max(first_seen_at) AS last_seen_at,
        list_sort(list(DISTINCT language)) AS languages,
        arg_min(
            article_id, (duplicate_of IS NOT NULL, published_at IS NULL, published_at, article_id)
        ) AS first_id
    FROM articles
    WHERE story_id IS NOT NULL
    GROUP BY story_id
),
named AS (
    SELECT a.story_id, e.name, count(DISTINCT m.article_id) AS articles, count(*) AS times
    FROM mentions AS m
    JOIN facts.live_members AS a USING (article_id)
    JOIN entities AS e USING (entity_id)
    GROUP BY a.story_id, e.name
),
top AS (
    SELECT story_id, list(name ORDER BY articles DESC, times DESC, name)[:8] AS top_entities
    FROM named
    GROUP BY story_id
)
SELECT
    c.story_id,
    coalesce(
        nullif(headline.title, ''),
        nullif(central.title, ''),
        left(split_part(t.text, chr(10), 1), 120)
    ) AS title,
    c.article_count, c.copy_count, c.source_count, c.first_published_at, c.last_published_at,
    c.first_seen_at, c.last_seen_at, c.languages,
    coalesce(top.top_entities, []) AS top_entities,
    central.article_id AS representative_id, s.cohesion
FROM counted AS c
LEFT JOIN facts.live_states AS s USING (story_id)
LEFT JOIN facts.live_revisions AS headline ON headline.article_id = s.title_article_id
LEFT JOIN facts.live_revisions AS representative ON representative.article_id = s.representative_id
-- Where that one was removed, the first report stands in for it.
LEFT JOIN facts.live_revisions AS central
    ON central.article_id = coalesce(representative.article_id, c.first_id)
LEFT JOIN facts.article_texts AS t
    ON t.article_id = central.article_id AND t.revision = central.revision
LEFT JOIN top USING (story_id)
