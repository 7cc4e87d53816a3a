WITH lasted AS (
    SELECT flow, quantile_cont(seconds, 0.95) / 60 AS usual
    FROM runs, facts.present
    WHERE status = 'completed' AND started_at > moment - INTERVAL 28 DAY
    GROUP BY flow
    HAVING count(*) >= 5
),
looked_at AS (
    SELECT run_id, flow, status, started_at,
           CASE WHEN status = 'running' THEN epoch(moment - started_at) ELSE seconds END / 60
               AS minutes
    FROM runs, facts.present
    WHERE status IN ('running', 'completed') AND started_at > moment - INTERVAL 7 DAY
    QUALIFY status = 'running' OR row_number() OVER (
        PARTITION BY flow, status ORDER BY started_at DESC) = 1
),
judged AS (
    SELECT l.*, usual, greatest(2 * usual, 15) AS warn_at, greatest(4 * usual, 60) AS bad_at
    FROM looked_at AS l JOIN lasted USING (flow)
)
SELECT NULL::VARCHAR AS subject, count(*) FILTER (minutes >= warn_at)::DOUBLE AS value,
       NULL::DOUBLE AS warn_at, NULL::DOUBLE AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below, NULL::TIMESTAMP AS since,
       CASE WHEN count(*) = 0 THEN 'No flow has five runs to compare with.'
            WHEN value > 0 THEN format('{:.0f} run{} took much longer than usual.', value,
                                       if(value = 1, '', 's'))
            ELSE 'The last run of each flow took as long as usual.' END AS reason
FROM judged
UNION ALL
SELECT run_id, minutes, warn_at, bad_at, NULL, NULL, started_at,
       format('the {} {} {:.0f} minutes; 95 % of such runs end within {:.1f}.', flow,
              CASE status WHEN 'running' THEN 'has run for' ELSE 'took' END, minutes, usual)
FROM judged
WHERE minutes >= warn_at
ORDER BY subject NULLS FIRST
