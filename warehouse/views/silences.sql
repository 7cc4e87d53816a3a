-- How long everything (kind 'all'), each source, each flow and the commits may be silent.
-- For each hour of the week there is a chance that something comes in it. The surprise of a silence
-- is the sum of -ln(1 - chance) over its hours: e^-surprise is the chance that it lasts so long.
-- Whoever publishes often pauses often, and each pause gets its chance. So what counts is how often
-- such a silence would come by chance: odd in 20 times four weeks, silent in 300, dead in 2000.
WITH active AS (
    SELECT 'all' AS kind, '' AS name, hour, max(last_at) AS last_at
    FROM item_hours, facts.present
    WHERE status = 'new' AND flow NOT IN ('backfill', 'replay') AND hour > moment - INTERVAL 84 DAY
    GROUP BY hour
    UNION ALL
    SELECT 'source', source, hour, max(last_at)
    FROM item_hours, facts.present
    WHERE status = 'new' AND flow NOT IN ('backfill', 'replay') AND hour > moment - INTERVAL 84 DAY
      AND source IS NOT NULL
    GROUP BY source, hour
    UNION ALL
    -- A poll with nothing due makes no run; late sources show that it does not come.
    SELECT 'flow', flow, date_trunc('hour', happened_at), max(happened_at)
    FROM facts.run_events, facts.present
    WHERE flow IS NOT NULL AND flow <> 'poll' AND happened_at > moment - INTERVAL 84 DAY
    GROUP BY ALL
    UNION ALL
    SELECT 'commit', '', date_trunc('hour', happened_at), max(happened_at)
    FROM facts.run_events, facts.present
    WHERE happened_at > moment - INTERVAL 84 DAY
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
known AS (
    -- Where there is less than half an hour of news a day, four weeks say too little.
    SELECT *, least(CASE WHEN mean < 0.02 THEN 8 ELSE 4 END,
                    date_diff('hour', first_hour, newest_hour) // 168) AS weeks,
           greatest(mean * 672, 1) AS pauses
    FROM habit
),
-- In how many of the last weeks before the silence something came in that hour of the week.
weekly AS (
    SELECT kind, name, slot, weeks, mean, least(coalesce(times, 0), weeks) AS times
    FROM known CROSS JOIN (SELECT unnest(range(168)) AS slot)
    LEFT JOIN (
        SELECT kind, name, (epoch(hour) // 3600) % 168 AS slot, count(*) AS times
        FROM active JOIN known USING (kind, name)
        WHERE hour > newest_hour - weeks * INTERVAL 7 DAY
        GROUP BY ALL
    ) USING (kind, name, slot)
),
-- Four weeks say little of one hour, and much of all hours together: of those in which something
-- came in `others` of the other weeks, in what share did it come in the one week left out? This is
-- counted for each week left out in turn, and needs the number of hours by their times only.
alike AS (
    SELECT kind, name, weeks, mean, times, count(*) AS slots FROM weekly GROUP BY ALL
),
learned AS (
    SELECT kind, name, times - 1 AS others, times * slots AS came, 0 AS missed, mean
    FROM alike WHERE times > 0
    UNION ALL
    SELECT kind, name, times, 0, (weeks - times) * slots, mean FROM alike WHERE times < weeks
),
chances AS (
    SELECT kind, name, others,
           least((sum(came) + 0.3 * any_value(mean)) / (sum(came) + sum(missed) + 0.3), 0.985)
               AS chance
    FROM learned GROUP BY kind, name, others
),
-- An hour with its times in all weeks lies between two such groups.
pooled AS (
    SELECT w.kind, w.name, w.slot, w.weeks, w.times,
           coalesce(a.chance, b.chance, w.mean)
           + (w.times * (w.weeks - 1) / w.weeks) % 1
             * (coalesce(b.chance, a.chance, w.mean) - coalesce(a.chance, b.chance, w.mean))
               AS chance
    FROM weekly AS w
    LEFT JOIN chances AS a ON a.kind = w.kind AND a.name = w.name
        AND a.others = floor(w.times * (w.weeks - 1) / w.weeks)
    LEFT JOIN chances AS b ON b.kind = w.kind AND b.name = w.name
        AND b.others = ceil(w.times * (w.weeks - 1) / w.weeks)
),
-- But a Sunday's hour by chance as busy as a Monday's is still a Sunday's: where less came in the
-- hours around than they had to expect, less is expected.
expected AS (
    SELECT kind, name, slot,
           chance * least(1, (sum(times) OVER around + 0.5) / (sum(chance * weeks) OVER around + 0.5))
               AS chance
    FROM pooled
    WINDOW around AS (PARTITION BY kind, name ORDER BY slot
                      ROWS BETWEEN 6 PRECEDING AND 6 FOLLOWING)
),
surprising AS (
    SELECT k.kind, k.name, k.newest_at, pauses, ahead,
           sum(-ln(1 - least(chance, 0.985))) OVER (PARTITION BY k.kind, k.name ORDER BY ahead)
               AS surprise
    FROM (SELECT *, unnest(range(1, 673)) AS ahead FROM known) AS k
    JOIN expected AS e ON e.kind = k.kind AND e.name = k.name
        AND e.slot = (epoch(newest_hour) // 3600 + ahead) % 168
)
SELECT kind, name, newest_at,
       min(ahead) FILTER (surprise >= ln(20 * pauses)) AS odd_after_hours,
       min(ahead) FILTER (surprise >= ln(300 * pauses)) AS silent_after_hours,
       min(ahead) FILTER (surprise >= ln(2000 * pauses)) AS dead_after_hours
FROM surprising
GROUP BY kind, name, newest_at
