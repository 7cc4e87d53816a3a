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
    SELECT 'failing_sources', count(source)::DOUBLE, 'sources', 1.0,
           greatest(3, 0.1 * max(listed)),
           'Sources whose list could not be read three times in a row or more.'
           || coalesce(' ' || any_value(source) || ': ' || any_value(poll_reason) || '.', '')
    FROM (SELECT count(*) AS listed FROM source_health WHERE address IS NOT NULL AND NOT paused)
    LEFT JOIN (FROM source_health WHERE failures >= 3 AND NOT paused) ON true
    UNION ALL
    -- One event may fill the news of a day, and a young warehouse holds few: so many articles as no
    -- event has are looked for, or a share as templates and boilerplate make. Copies do not count,
    -- as a single press release may have hundreds.
    SELECT 'largest_story', largest::DOUBLE, 'articles',
           least(greatest(100, articles * 0.05), 500), least(greatest(300, articles * 0.15), 2000),
           'Articles in the largest story, copies not counted: '
           || format('{:.1f}', 100 * largest / greatest(articles, 1)) || ' % of all.'
    FROM (
        SELECT coalesce(max(articles), 0) AS largest, coalesce(sum(articles), 0) AS articles
        FROM (SELECT count(*) AS articles FROM facts.live_members GROUP BY story_id)
    )
    UNION ALL
    SELECT 'split_stories', count(s.raised_to)::DOUBLE, 'stories',
           -- A running topic makes such groups, and in them ordinary stories: only masses are odd.
           greatest(50, count(*) * 0.5), greatest(500, count(*) * 0.8),
           'Stories cut out of groups too large or too long for one event.'
           || CASE WHEN count(s.raised_to) > 0
                   THEN ' Read some (stories.raised_to): boilerplate of a source?' ELSE '' END
    FROM (SELECT DISTINCT story_id FROM facts.live_members)
    LEFT JOIN facts.live_states AS s USING (story_id)
)
SELECT name,
       CASE WHEN value >= bad_at THEN 'bad' WHEN value >= warn_at THEN 'warn' ELSE 'ok' END
           AS status,
       value, unit, warn_at::DOUBLE AS warn_at, bad_at::DOUBLE AS bad_at, meaning
FROM measured
