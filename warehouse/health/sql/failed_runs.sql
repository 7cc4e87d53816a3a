SELECT NULL::VARCHAR AS subject, count(*)::DOUBLE AS value, $warn AS warn_at, $bad AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below, min(started_at) AS since,
       CASE WHEN count(*) = 0 THEN 'No run of the last 24 hours failed.'
            ELSE format('{} run{} failed in 24 hours, the last with: ', count(*),
                        if(count(*) = 1, '', 's'))
                 || coalesce(arg_max(CASE status WHEN 'killed' THEN 'killed from outside'
                                     ELSE left(error, 200) END, started_at), 'no message') END AS reason
FROM runs, facts.present
WHERE status IN ('failed', 'killed') AND started_at > moment - INTERVAL 24 HOUR
