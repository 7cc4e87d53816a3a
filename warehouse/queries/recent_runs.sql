SELECT run_id, flow, status, started_at, last_event_at, seconds, items_found, items_new, items_revised,
       items_unchanged, items_rejected, items_removed, items_unaccounted, host, pid, error
FROM runs
ORDER BY started_at DESC, run_id DESC
LIMIT $most
