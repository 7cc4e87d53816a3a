SELECT
    source,
    max(seen_at) AS last_attempt_at,
    max(seen_at) FILTER (status IN ('new', 'revised', 'unchanged')) AS last_success_at,
    max(seen_at) FILTER (status = 'new') AS last_new_at,
    count(*) FILTER (status = 'new' AND seen_at > now()::TIMESTAMP - INTERVAL 1 DAY) AS new_24h,
    count(*) FILTER (status = 'new' AND seen_at > now()::TIMESTAMP - INTERVAL 7 DAY) AS new_7d,
    count(*) FILTER (status = 'rejected' AND seen_at > now()::TIMESTAMP - INTERVAL 1 DAY)
        AS rejected_24h,
    arg_max(reason, seen_at) FILTER (status = 'rejected') AS last_reason
FROM facts.item_events
WHERE source IS NOT NULL
GROUP BY source
