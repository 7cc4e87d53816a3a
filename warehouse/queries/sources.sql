-- How each listed source is doing.
SELECT source, address, last_poll_at, poll_outcome AS outcome, poll_reason AS last_reason,
       poll_detail AS last_detail, failures, new_7d, last_new_at, interval_seconds, due_at
FROM source_health
WHERE address IS NOT NULL
