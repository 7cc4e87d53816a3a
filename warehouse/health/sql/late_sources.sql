WITH listed AS (
    SELECT source, due_at, due_at < moment - INTERVAL 30 MINUTE AS late
    FROM source_health, facts.present
    WHERE address IS NOT NULL AND NOT paused AND due_at IS NOT NULL
)
SELECT NULL::VARCHAR AS subject, count(*) FILTER (late) / nullif(count(*), 0) AS value,
       $warn AS warn_at, $bad AS bad_at, NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       min(due_at) FILTER (late) AS since,
       CASE WHEN count(*) = 0 THEN 'No source is polled.'
            WHEN value > 0 THEN format('{} of {} sources, first ', count(*) FILTER (late), count(*))
                 || arg_min(source, due_at) FILTER (late) || ': is anything polling?'
            ELSE format('All {} were looked at in time.', count(*)) END AS reason
FROM listed
