WITH items AS (
    SELECT sum(items) AS discovered,
           coalesce(sum(items) FILTER (reason IN (
               'not_found', 'unreadable', 'bad_url', 'blocked_address', 'fetch_failed',
               'fetch_timeout', 'http_error', 'http_gone', 'redirects', 'rate_limited', 'robots',
               'robots_unknown', 'not_article_type', 'not_a_feed')), 0) AS unfetched,
           coalesce(sum(items) FILTER (status = 'rejected'), 0) AS rejected,
           coalesce(sum(items) FILTER (status = 'unchanged'), 0) AS unchanged,
           coalesce(sum(items) FILTER (status = 'removed'), 0) AS removed,
           coalesce(sum(items) FILTER (status IN ('new', 'revised')), 0) AS stored
    FROM item_hours WHERE hour >= $since
),
fresh AS (
    SELECT count(*) AS articles, count(duplicate_of) AS copies, count(story_id) AS clustered
    FROM articles WHERE first_seen_at >= $since
),
tagged AS (
    SELECT count(*) AS articles FROM facts.fresh_articles
    WHERE seen_at >= $since AND (entity_count IS NOT NULL OR is_copy)
)
SELECT stage, items, lost, lost_as FROM (
    SELECT 1 AS place, 'discovered' AS stage, discovered AS items, 0 AS lost, '' AS lost_as FROM items
    UNION ALL SELECT 2, 'fetched', discovered - unfetched, unfetched, 'not fetched' FROM items
    UNION ALL SELECT 3, 'extracted', discovered - rejected, rejected - unfetched, 'no article in it'
    FROM items
    UNION ALL SELECT 4, 'unique', stored, unchanged + removed, 'known already, or removed' FROM items
    UNION ALL SELECT 5, 'stored', articles, stored - articles, 'revisions of known articles'
    FROM items, fresh
    UNION ALL SELECT 6, 'clustered', clustered, articles - clustered, 'in no story' FROM fresh
    UNION ALL SELECT 7, 'tagged', t.articles, f.articles - t.articles, 'without entities'
    FROM fresh AS f, tagged AS t
)
ORDER BY place
