WITH member AS (FROM facts.live_story_articles),
told AS (
    SELECT story_id, list(source ORDER BY articles DESC, source)[:12] AS sources
    FROM (SELECT story_id, source, count(*) AS articles FROM member
          WHERE source IS NOT NULL GROUP BY ALL)
    GROUP BY story_id
),
-- Two stand on it, and it is the costliest.
named AS MATERIALIZED (
    SELECT m.story_id, e.name, e.country_code, f.article_id, count(*) AS times
    FROM facts.mentions AS f
    JOIN member AS m ON m.article_id = f.article_id AND m.revision = f.revision AND NOT m.is_copy
    JOIN facts.live_entities AS e USING (entity_id)
    GROUP BY ALL
),
top AS (
    SELECT story_id, list(name ORDER BY articles DESC, times DESC, name)[:8] AS top_entities
    FROM (SELECT story_id, name, count(DISTINCT article_id) AS articles, sum(times) AS times
          FROM named GROUP BY ALL)
    GROUP BY story_id
),
placed AS (
    SELECT story_id,
           list(country_code ORDER BY articles DESC, times DESC, country_code)[:8] AS top_countries
    FROM (SELECT story_id, country_code, count(DISTINCT article_id) AS articles,
                 sum(times) AS times
          FROM named WHERE country_code IS NOT NULL GROUP BY ALL)
    GROUP BY story_id
),
worded AS (
    -- A feature of 0 is not stored.
    SELECT a.story_id, 1 - avg(coalesce(e.features['term_cosine'], 0)) AS wording_spread
    FROM facts.story_edges AS e
    JOIN member AS a
        ON a.article_id = e.article_a AND a.revision = e.revision_a AND NOT a.is_copy
    JOIN member AS b
        ON b.article_id = e.article_b AND b.revision = e.revision_b AND NOT b.is_copy
    WHERE a.story_id = b.story_id
    GROUP BY a.story_id
)
SELECT
    s.story_id, s.title, s.article_count, s.copy_count, s.source_count,
    coalesce(told.sources, []) AS sources, s.began_at, s.began_from, s.first_published_at,
    s.last_published_at, s.first_seen_at, s.last_seen_at, s.growth_24h, s.articles_per_day,
    s.languages, coalesce(top.top_entities, []) AS top_entities,
    coalesce(placed.top_countries, []) AS top_countries, s.representative_id, s.cohesion,
    round(worded.wording_spread, 3) AS wording_spread, s.raised_to
FROM facts.live_stories AS s
LEFT JOIN told USING (story_id)
LEFT JOIN top USING (story_id)
LEFT JOIN placed USING (story_id)
LEFT JOIN worded USING (story_id)
