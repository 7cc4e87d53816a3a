WITH listed AS (
    SELECT s.*, h.failures, h.address, epoch(moment - s.newest_at) / 3600 AS hours,
           hours >= s.silent_after_hours AS silent
    FROM facts.silences AS s
    CROSS JOIN facts.present
    JOIN source_health AS h ON h.source = s.name
    -- Who was taken out of newsloom.toml has a right to be silent.
    ANTI JOIN (SELECT source FROM facts.source_settings WHERE source NOT IN (
        SELECT source FROM facts.live_sources)) AS dropped ON dropped.source = s.name
    WHERE s.kind = 'source' AND NOT coalesce(h.paused, false)
),
-- The looks since then that could read the list.
same AS (
    SELECT p.source, count(*) AS looks, count(DISTINCT p.content_hash) AS pages
    FROM facts.polls AS p
    JOIN listed AS l ON l.name = p.source AND p.polled_at > l.newest_at
    WHERE l.silent AND p.outcome <> 'failed'
    GROUP BY p.source
)
SELECT NULL::VARCHAR AS subject, count(*) FILTER (silent)::DOUBLE AS value,
       NULL::DOUBLE AS warn_at, greatest(3, 0.1 * count(*)) AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       min(newest_at) FILTER (silent) AS since,
       CASE WHEN count(*) = 0 THEN 'No source has habits yet: it takes a week, with news in 8 hours of 3 days.'
            WHEN value > 0 THEN format('{:.0f} of {} source{} with habits {} silent.', value,
                                       count(*), if(count(*) = 1, '', 's'),
                                       if(value = 1, 'is', 'are'))
            ELSE format('{} source{} with habits, {} by them.', count(*),
                        if(count(*) = 1, '', 's'), if(count(*) = 1, 'going', 'all going')) END AS reason
FROM listed
UNION ALL
SELECT name, hours, silent_after_hours, NULL, NULL, NULL, newest_at,
       format('nothing new for {:.0f} hours; by its habits {} would be odd.', hours, silent_after_hours)
       || CASE WHEN failures > 0 THEN ' Its list cannot be read.'
               WHEN address IS NULL THEN ' No list of it is polled: does what brings it still run?'
               WHEN looks >= 3 AND pages <= 1 THEN
                   format(' Its list was the same at all {} looks since.', looks)
               WHEN looks IS NULL THEN ' Nobody has looked at its list since.'
               ELSE ' Its list is read, and names nothing new.' END
FROM listed LEFT JOIN same ON same.source = name
WHERE silent
ORDER BY subject NULLS FIRST
