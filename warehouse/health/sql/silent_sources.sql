WITH listed AS (
    SELECT s.*, h.failures, h.address, moment, epoch(moment - s.newest_at) / 3600 AS hours,
           hours >= s.silent_after_hours AS silent
    FROM facts.silences AS s
    JOIN source_health AS h ON h.source = s.name, facts.present
    WHERE s.kind = 'source' AND NOT coalesce(h.paused, false)
),
-- The looks since then, that found the list as it was.
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
       CASE WHEN count(*) = 0 THEN 'No source has habits yet: a week of news is needed.'
            WHEN value > 0 THEN format('{:.0f} of {} sources with habits are silent.',
                                       value, count(*))
            ELSE format('All {} sources with habits keep them.', count(*)) END AS reason
FROM listed
UNION ALL
SELECT name, hours, silent_after_hours, NULL, NULL, NULL, newest_at,
       format('Nothing new for {:.0f} hours; {} would be odd already.', hours, silent_after_hours)
       || CASE WHEN failures > 0 THEN ' Its list cannot be read.'
               WHEN address IS NULL THEN ' It is not listed in newsloom.toml.'
               WHEN looks >= 3 AND pages <= 1 THEN
                   format(' Its list has been the same in {} looks.', looks)
               WHEN looks IS NULL THEN ' Nobody has looked at its list since.'
               ELSE ' Its list is read, and names nothing new.' END
FROM listed LEFT JOIN same ON same.source = name
WHERE silent
