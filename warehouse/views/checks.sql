-- A value is bad from bad_at on, else in need of a look from warn_at on.
WITH measured AS (
    SELECT 'unaccounted_items' AS name,
           coalesce((SELECT sum(items_unaccounted) FROM runs WHERE status <> 'running'), 0)::DOUBLE
               AS value,
           'items' AS unit, 1.0 AS warn_at, 1.0 AS bad_at,
           'Items of ended runs that have no final status.' AS meaning
    UNION ALL
    SELECT 'failed_runs_24h',
           count(*)::DOUBLE, 'runs', 1.0, 3.0, 'Runs of the last day that failed.'
    FROM runs
    WHERE status = 'failed' AND started_at > make_timestamp(epoch_us(now())) - INTERVAL 1 DAY
    UNION ALL
    SELECT 'rejected_share_24h',
           coalesce(avg(CASE WHEN count_all >= 20 THEN rejected / count_all END), 0)::DOUBLE,
           'share', 0.05, 0.2, 'Share of the last day''s items that were rejected.'
    FROM (
        SELECT count(*) AS count_all, count(*) FILTER (status = 'rejected') AS rejected
        FROM items
        WHERE seen_at > make_timestamp(epoch_us(now())) - INTERVAL 1 DAY
    )
    UNION ALL
    SELECT 'largest_story_share',
           coalesce(max(CASE WHEN total >= 100 THEN article_count / total END), 0)::DOUBLE,
           'share', 0.1, 0.3, 'Share of all articles that the largest story holds.'
    FROM (SELECT article_count, sum(article_count) OVER () AS total FROM stories)
)
SELECT name,
       CASE WHEN value >= bad_at THEN 'bad' WHEN value >= warn_at THEN 'warn' ELSE 'ok' END
           AS status,
       value, unit, warn_at::DOUBLE AS warn_at, bad_at::DOUBLE AS bad_at, meaning
FROM measured
