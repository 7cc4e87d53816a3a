SELECT run_id, flow, status, started_at, ended_at, seconds, items_found, items_new, items_revised,
       items_unchanged, items_rejected, items_removed,
       CASE WHEN status <> 'running' THEN items_unaccounted END AS items_unaccounted,
       left(error, 400) AS error, prefect_run_id, host
FROM runs
WHERE last_event_at >= $since AND ($flow = '' OR flow = $flow) AND ($status = '' OR status = $status)
ORDER BY started_at DESC, run_id
