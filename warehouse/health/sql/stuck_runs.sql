-- A working run commits each batch, so its signs of life come in its own rhythm.
WITH signs AS (
    SELECT epoch(happened_at - lag(happened_at) OVER (PARTITION BY run_id ORDER BY commit_id)) / 60
               AS minutes
    FROM facts.run_events, facts.present
    WHERE status <> 'killed' AND happened_at > moment - INTERVAL 28 DAY
),
rhythm AS (
    SELECT CASE WHEN count(minutes) >= 20 THEN quantile_cont(minutes, 0.95) END AS usual
    FROM signs
),
judged AS (
    SELECT run_id, flow, last_event_at, epoch(moment - last_event_at) / 60 AS minutes,
           coalesce(greatest(4 * usual, 10), 30) AS warn_at,
           coalesce(greatest(10 * usual, 30), 120) AS bad_at
    FROM runs, rhythm, facts.present
    WHERE status = 'running'
)
SELECT NULL::VARCHAR AS subject, count(*) FILTER (minutes >= warn_at)::DOUBLE AS value,
       NULL::DOUBLE AS warn_at, NULL::DOUBLE AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below, NULL::TIMESTAMP AS since,
       CASE WHEN count(*) = 0 THEN 'No run is under way.'
            WHEN value > 0 THEN format('{:.0f} of {} run{} under way {} no sign of life.', value,
                                       count(*), if(count(*) = 1, '', 's'),
                                       if(value = 1, 'gives', 'give'))
            ELSE format('{} run{} under way, with signs of life.', count(*),
                        if(count(*) = 1, '', 's')) END AS reason
FROM judged
UNION ALL
SELECT run_id, minutes, warn_at, bad_at, NULL, NULL, last_event_at,
       format('the {} has given no sign of life for {:.0f} minutes; {:.0f} would be odd.',
              flow, minutes, warn_at)
FROM judged
WHERE minutes >= warn_at
ORDER BY subject NULLS FIRST
