SELECT run_id, flow, status, inputs, started_at, last_event_at, ended_at, seconds, items_found,
       items_new, items_revised, items_unchanged, items_rejected, items_removed,
       items_unaccounted, prefect_run_id, host, pid, error, usual_seconds, p95_seconds, like_it
FROM runs AS r
LEFT JOIN (
    -- What its flow usually takes, by the completed runs of the 28 days before it.
    SELECT median(p.seconds) AS usual_seconds, quantile_cont(p.seconds, 0.95) AS p95_seconds,
           count(*) AS like_it
    FROM runs AS p, (SELECT flow, started_at FROM runs WHERE run_id = $run) AS this
    WHERE p.flow = this.flow AND p.status = 'completed' AND p.started_at < this.started_at
      AND p.started_at > this.started_at - INTERVAL 28 DAY
) ON true
WHERE run_id = $run
