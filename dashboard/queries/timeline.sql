SELECT run_id, flow, status, started_at, coalesce(ended_at, $until) AS ended_at, seconds,
       items_found, items_new, items_rejected
FROM runs WHERE last_event_at >= $since ORDER BY started_at DESC LIMIT $most
