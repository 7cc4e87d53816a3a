SELECT
    source,
    max(seen_at) AS last_attempt_at,
    max(seen_at) FILTER (status IN ('new', 'revised', 'unchanged')) AS last_success_at,
    max(seen_at) FILTER (status = 'new') AS last_new_at,
    count(*) FILTER (status = 'new' AND seen_at > present - INTERVAL 1 DAY) AS new_24h,
    count(*) FILTER (status = 'new' AND seen_at > present - INTERVAL 7 DAY) AS new_7d,
    count(*) FILTER (status = 'rejected' AND seen_at > present - INTERVAL 1 DAY) AS rejected_24h,
    arg_max(reason, seen_at) FILTER (status = 'rejected') AS last_reason
-- A cast of now() would be local time where the reader has set a time zone.
FROM facts.item_events, (SELECT make_timestamp(epoch_us(now())) AS present)
WHERE source IS NOT NULL
GROUP BY source
