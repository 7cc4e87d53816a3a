SELECT polled_at, outcome, http_status, entries, entries_new, entries_again, reason, detail,
       conditional, failures, interval_seconds, due_at, address, run_id
FROM polls WHERE source = $source
ORDER BY polled_at DESC, run_id LIMIT 50
