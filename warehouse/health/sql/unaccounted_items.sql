SELECT NULL::VARCHAR AS subject, coalesce(sum(items_unaccounted), 0)::DOUBLE AS value,
       $warn AS warn_at, $bad AS bad_at, NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       min(started_at) FILTER (items_unaccounted <> 0) AS since,
       CASE WHEN value = 0 THEN 'Every item of every ended run has a final status.'
            ELSE 'First in run ' || arg_min(run_id, started_at) FILTER (items_unaccounted <> 0)
                 || '.' END AS reason
FROM runs
WHERE status <> 'running'
