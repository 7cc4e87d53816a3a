WITH judged AS (
    SELECT name, newest_at, epoch(moment - newest_at) / 3600 AS hours,
           odd_after_hours::DOUBLE AS odd, dead_after_hours::DOUBLE AS dead
    FROM facts.silences, facts.present
    WHERE kind = 'flow'
)
SELECT NULL::VARCHAR AS subject, count(*) FILTER (hours >= odd)::DOUBLE AS value,
       NULL::DOUBLE AS warn_at, NULL::DOUBLE AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below, NULL::TIMESTAMP AS since,
       CASE WHEN count(*) = 0 THEN 'No flow runs regularly enough to miss it.'
            WHEN value > 0 THEN 'Not run as usual: ' || string_agg(name, ', ')
                 FILTER (hours >= odd) || '.'
            ELSE format('{} flows run as usual.', count(*)) END AS reason
FROM judged
UNION ALL
SELECT name, hours, odd, dead, NULL, NULL, newest_at,
       format('No run of {} for {:.1f} hours; {:.0f} would be odd already.', name, hours, odd)
FROM judged
WHERE hours >= odd
