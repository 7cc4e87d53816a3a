-- How long everything (kind 'all'), each source, each flow and the commits may be silent.
-- For each hour of the week, the chance that something comes is its share of the last four weeks
-- before the silence, drawn towards the mean. The surprise of a silence is the sum of -ln(1 - chance)
-- over its hours: e^-surprise is the chance that it is none. 6.9 is one in a thousand.
WITH active AS (
    SELECT 'all' AS kind, '' AS name, hour, max(last_at) AS last_at
    FROM item_hours, facts.present
    WHERE status = 'new' AND flow NOT IN ('backfill', 'replay') AND hour > moment - INTERVAL 56 DAY
    GROUP BY hour
    UNION ALL
    SELECT 'source', source, hour, max(last_at)
    FROM item_hours, facts.present
    WHERE status = 'new' AND flow NOT IN ('backfill', 'replay') AND hour > moment - INTERVAL 56 DAY
      AND source IS NOT NULL
    GROUP BY source, hour
    UNION ALL
    -- A poll with nothing due makes no run; late sources show that it does not come.
    SELECT 'flow', flow, date_trunc('hour', happened_at), max(happened_at)
    FROM facts.run_events, facts.present
    WHERE flow IS NOT NULL AND flow <> 'poll' AND happened_at > moment - INTERVAL 56 DAY
    GROUP BY ALL
    UNION ALL
    SELECT 'commit', '', date_trunc('hour', happened_at), max(happened_at)
    FROM facts.run_events, facts.present
    WHERE happened_at > moment - INTERVAL 56 DAY
    GROUP BY ALL
),
habit AS (
    SELECT kind, name, min(hour) AS first_hour, max(hour) AS newest_hour, max(last_at) AS newest_at,
           count(*) AS hours, count(DISTINCT hour::DATE) AS days,
           count(*) / greatest(date_diff('hour', min(hour), max(hour)) + 1, 1) AS mean
    FROM active
    GROUP BY kind, name
    -- Less is no habit.
    HAVING count(*) >= 8 AND count(DISTINCT hour::DATE) >= 3
       AND max(hour) - min(hour) >= INTERVAL 7 DAY
),
weekly AS (
    SELECT kind, name, (epoch(hour) // 3600) % 168 AS hour_of_week,
           count(*) FILTER (hour > newest_hour - INTERVAL 28 DAY) AS times
    FROM active JOIN habit USING (kind, name)
    GROUP BY ALL
),
coming AS (
    SELECT kind, name, newest_at, ahead, mean,
           least(4, date_diff('hour', first_hour, newest_hour) // 168) AS weeks,
           (epoch(newest_hour) // 3600 + ahead) % 168 AS hour_of_week
    FROM habit, (SELECT unnest(range(1, 505)) AS ahead)
),
surprising AS (
    SELECT kind, name, newest_at, ahead,
           sum(-ln(1 - least((coalesce(times, 0) + mean) / (weeks + 1), 0.95)))
               OVER (PARTITION BY kind, name ORDER BY ahead) AS surprise
    FROM coming LEFT JOIN weekly USING (kind, name, hour_of_week)
)
SELECT kind, name, newest_at,
       min(ahead) FILTER (surprise >= ln(1e3)) AS odd_after_hours,
       min(ahead) FILTER (surprise >= ln(1e5)) AS silent_after_hours,
       min(ahead) FILTER (surprise >= ln(1e6)) AS dead_after_hours
FROM surprising
GROUP BY kind, name, newest_at
