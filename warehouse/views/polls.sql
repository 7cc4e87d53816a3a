SELECT
    run_id, source, address, polled_at, outcome, reason, detail, http_status, conditional, entries,
    entries_new, entries_again, newest_entry_at, failures, interval_seconds, due_at
FROM facts.polls
