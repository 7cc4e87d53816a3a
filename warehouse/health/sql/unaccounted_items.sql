SELECT NULL::VARCHAR AS subject, coalesce(sum(items_unaccounted), 0)::DOUBLE AS value,
       $warn AS warn_at, $bad AS bad_at, NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       min(started_at) FILTER (items_unaccounted <> 0) AS since,
       CASE WHEN value = 0 THEN 'Every item of every ended run has a final status.'
            ELSE format('{:.0f} item{} in {} run{}, the first in run {}.', value,
                        if(value = 1, '', 's'), count(*) FILTER (items_unaccounted <> 0),
                        if(count(*) FILTER (items_unaccounted <> 0) = 1, '', 's'),
                        arg_min(run_id, started_at) FILTER (items_unaccounted <> 0)) END AS reason
FROM runs, facts.present
WHERE status <> 'running' AND last_event_at > moment - INTERVAL 28 DAY
