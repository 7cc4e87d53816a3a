-- Each story in numbers, with its headline: all that is cheap to know of it.
WITH counted AS (
    SELECT
        story_id,
        count(*) AS article_count,
        count(*) FILTER (is_copy) AS copy_count,
        count(DISTINCT source) AS source_count,
        coalesce(min(published_at), min(first_seen_at)) AS began_at,
        CASE WHEN min(published_at) IS NULL THEN 'first_seen' ELSE 'published' END AS began_from,
        coalesce(max(published_at), max(first_seen_at)) AS last_at,
        min(published_at) AS first_published_at,
        max(published_at) AS last_published_at,
        min(first_seen_at) AS first_seen_at,
        max(first_seen_at) AS last_seen_at,
        count(*) FILTER (first_seen_at > (SELECT moment FROM facts.present) - INTERVAL 1 DAY)
            AS growth_24h,
        list_sort(list(DISTINCT language)) AS languages,
        arg_min(article_id, (is_copy, published_at IS NULL, published_at, article_id)) AS first_id
    FROM facts.live_story_articles
    GROUP BY story_id
),
-- Texts are large: only those are read whose first line has to stand in for a headline.
first_lines AS (
    SELECT t.article_id, t.revision, left(split_part(t.text, chr(10), 1), 120) AS line
    FROM facts.article_texts AS t
    SEMI JOIN (FROM facts.live_revisions WHERE coalesce(title, '') = '') AS untitled
        ON untitled.article_id = t.article_id AND untitled.revision = t.revision
)
SELECT
    c.story_id,
    coalesce(nullif(headline.title, ''), nullif(central.title, ''), lines.line) AS title,
    c.article_count, c.copy_count, c.source_count, c.began_at, c.began_from,
    c.first_published_at, c.last_published_at, c.first_seen_at, c.last_seen_at, c.growth_24h,
    -- A story of less than a day has all of its articles in one.
    round(c.article_count / greatest(epoch(c.last_at - c.began_at) / 86400, 1), 2)
        AS articles_per_day,
    c.languages, central.article_id AS representative_id, s.cohesion, s.raised_to
FROM counted AS c
LEFT JOIN facts.live_states AS s USING (story_id)
LEFT JOIN facts.live_revisions AS headline ON headline.article_id = s.title_article_id
LEFT JOIN facts.live_revisions AS representative ON representative.article_id = s.representative_id
-- Where that one was removed, the first report stands in for it.
LEFT JOIN facts.live_revisions AS central
    ON central.article_id = coalesce(representative.article_id, c.first_id)
LEFT JOIN first_lines AS lines
    ON lines.article_id = central.article_id AND lines.revision = central.revision
