WITH events AS (
    SELECT run_id, happened_at, moment,
           max(happened_at) OVER (ORDER BY commit_id ROWS BETWEEN UNBOUNDED PRECEDING
                                  AND 1 PRECEDING) AS latest_before
    FROM facts.run_events, facts.present
    WHERE happened_at > moment - INTERVAL 48 HOUR
),
skewed AS (
    SELECT run_id, happened_at, greatest(epoch(happened_at - moment), 0) / 60 AS ahead,
           greatest(ahead, epoch(latest_before - happened_at) / 60, 0) AS minutes
    FROM events
    WHERE happened_at > moment - INTERVAL 24 HOUR
)
SELECT NULL::VARCHAR AS subject, coalesce(max(minutes), 0) AS value,
       $warn AS warn_at, $bad AS bad_at, NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       min(happened_at) FILTER (minutes >= $warn) AS since,
       CASE WHEN value < 1 THEN 'The runs of the last 24 hours are in order.'
            WHEN max(ahead) >= 1
            THEN format('An event of run {} is {:.0f} minutes in the future.',
                        arg_max(run_id, ahead), max(ahead))
            ELSE format('An event of run {} is {:.0f} minutes older than one written before it.',
                        arg_max(run_id, minutes), value) END AS reason
FROM skewed
