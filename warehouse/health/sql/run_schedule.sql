WITH judged AS (
    SELECT name, newest_at, epoch(moment - newest_at) / 3600 AS hours,
           odd_after_hours::DOUBLE AS odd, dead_after_hours::DOUBLE AS dead
    FROM facts.silences, facts.present
    WHERE kind = 'flow'
)
SELECT NULL::VARCHAR AS subject, count(*) FILTER (hours >= odd)::DOUBLE AS value,
       NULL::DOUBLE AS warn_at, NULL::DOUBLE AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below, NULL::TIMESTAMP AS since,
       CASE WHEN count(*) = 0 THEN 'No flow has habits yet: it takes a week, with runs in 8 hours of 3 days.'
            WHEN value > 0 THEN 'Overdue: ' || string_agg(name, ', ' ORDER BY name)
                 FILTER (hours >= odd) || '.'
            ELSE format('{} run{} as usual.', string_agg(name, ', ' ORDER BY name),
                        if(count(*) = 1, 's', '')) END AS reason
FROM judged
UNION ALL
SELECT name, hours, odd, dead, NULL, NULL, newest_at,
       format('no {} for {:.0f} hours; by its habits {:.0f} would be odd.', name, hours, odd)
FROM judged
WHERE hours >= odd
ORDER BY subject NULLS FIRST
