WITH items AS (
    SELECT hour >= $since AS now, sum(items) FILTER (status = 'new') AS articles,
           sum(items) FILTER (status = 'revised') AS revisions,
           sum(items) FILTER (status = 'rejected') / sum(items) AS rejected,
           count(DISTINCT source) FILTER (status = 'new') AS sources
    FROM item_hours WHERE hour >= $before GROUP BY now
),
told AS (
    SELECT first_seen_at >= $since AS now, count(*) FILTER (article_count > 1) AS stories
    FROM facts.live_stories WHERE first_seen_at >= $before GROUP BY now
),
copied AS (
    SELECT first_seen_at >= $since AS now, count(duplicate_of) / count(*) AS copies
    FROM articles WHERE first_seen_at >= $before GROUP BY now
)
SELECT tile, now_value AS value, unit,
       -- A window that begins before the first item has nothing to compare with.
       CASE WHEN $before >= (SELECT min(hour) FROM item_hours) THEN before_value END AS before
FROM (
    SELECT 'New articles' AS tile, 1 AS place, 'articles' AS unit,
           (SELECT articles FROM items WHERE now)::DOUBLE AS now_value,
           (SELECT articles FROM items WHERE NOT now)::DOUBLE AS before_value
    UNION ALL SELECT 'Revisions', 2, 'revisions', (SELECT revisions FROM items WHERE now),
           (SELECT revisions FROM items WHERE NOT now)
    UNION ALL SELECT 'New stories of two or more', 3, 'stories', (SELECT stories FROM told WHERE now),
           (SELECT stories FROM told WHERE NOT now)
    UNION ALL SELECT 'Copies', 4, 'share', (SELECT copies FROM copied WHERE now),
           (SELECT copies FROM copied WHERE NOT now)
    UNION ALL SELECT 'Rejected', 5, 'share', (SELECT rejected FROM items WHERE now),
           (SELECT rejected FROM items WHERE NOT now)
    UNION ALL SELECT 'Sources with news', 6, 'sources', (SELECT sources FROM items WHERE now),
           (SELECT sources FROM items WHERE NOT now)
)
ORDER BY place
