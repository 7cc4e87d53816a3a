-- Who polls by hand, or once in a night, looks late each time: what is usual counts, too.
WITH looks AS (
    SELECT epoch(polled_at - lag(due_at) OVER (PARTITION BY source, address ORDER BY commit_id))
               AS late
    FROM facts.polls, facts.present
    WHERE polled_at > moment - INTERVAL 14 DAY
),
usual AS (
    SELECT greatest(1800, 2 * coalesce(quantile_cont(late, 0.95), 0)) AS seconds FROM looks
),
listed AS (
    SELECT source, due_at, due_at + to_seconds(seconds) < moment AS late, seconds
    FROM source_health, facts.present, usual
    WHERE address IS NOT NULL AND NOT paused AND due_at IS NOT NULL
)
SELECT NULL::VARCHAR AS subject, count(*) FILTER (late) / nullif(count(*), 0) AS value,
       $warn AS warn_at, $bad AS bad_at, NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       min(due_at) FILTER (late) AS since,
       CASE WHEN count(*) = 0 THEN 'No source is polled.'
            WHEN value > 0 THEN format('{} of {} source{} should have been looked at over {:.1f} hours ago, first {}: '
                        || 'is anything polling?', count(*) FILTER (late), count(*),
                        if(count(*) = 1, '', 's'), any_value(seconds) / 3600,
                        arg_min(source, due_at) FILTER (late))
            ELSE format('{} source{}, {} at in time.', count(*), if(count(*) = 1, '', 's'),
                        if(count(*) = 1, 'looked', 'all looked')) END AS reason
FROM listed
