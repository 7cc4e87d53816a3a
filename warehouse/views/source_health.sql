WITH tried AS (
    SELECT
        source,
        max(seen_at) AS last_item_at,
        max(seen_at) FILTER (status IN ('new', 'revised', 'unchanged')) AS last_success_at,
        max(seen_at) FILTER (status = 'new') AS last_new_at,
        count(*) FILTER (status = 'new' AND seen_at > moment - INTERVAL 1 DAY) AS new_24h,
        count(*) FILTER (status = 'new' AND seen_at > moment - INTERVAL 7 DAY) AS new_7d,
        count(*) FILTER (status = 'rejected' AND seen_at > moment - INTERVAL 1 DAY)
            AS rejected_24h,
        arg_max(reason, seen_at) FILTER (status = 'rejected') AS last_reason
    FROM facts.item_events, facts.present
    WHERE source IS NOT NULL
    GROUP BY source
),
-- Looks at the address that the source has now; whether another one worked says nothing.
looks AS (
    SELECT p.*
    FROM facts.polls AS p
    SEMI JOIN facts.live_sources AS s ON s.source = p.source AND s.address = p.address
),
polled AS (
    SELECT
        source,
        max(polled_at) AS last_poll_at,
        max(polled_at) FILTER (outcome <> 'failed') AS last_good_poll_at,
        arg_max(outcome, commit_id) AS poll_outcome,
        arg_max(reason, commit_id) FILTER (outcome = 'failed') AS poll_reason,
        arg_max(detail, commit_id) FILTER (outcome = 'failed') AS poll_detail,
        arg_max(failures, commit_id) AS failures,
        arg_max(interval_seconds, commit_id) AS interval_seconds,
        arg_max(due_at, commit_id) AS due_at
    FROM looks
    GROUP BY source
),
failing AS (
    SELECT source, min(polled_at) AS failing_since
    FROM looks
    JOIN polled USING (source)
    WHERE polled_at > coalesce(last_good_poll_at, TIMESTAMP '1970-01-01')
    GROUP BY source
)
SELECT
    source,
    coalesce(greatest(t.last_item_at, p.last_poll_at), t.last_item_at, p.last_poll_at)
        AS last_attempt_at,
    t.last_success_at, t.last_new_at,
    coalesce(t.new_24h, 0) AS new_24h, coalesce(t.new_7d, 0) AS new_7d,
    coalesce(t.rejected_24h, 0) AS rejected_24h, t.last_reason,
    s.kind, s.address, s.paused, p.last_poll_at, p.last_good_poll_at, p.poll_outcome,
    p.poll_reason, p.poll_detail, coalesce(p.failures, 0) AS failures,
    CASE WHEN p.failures > 0 THEN f.failing_since END AS failing_since,
    p.interval_seconds, p.due_at
FROM tried AS t
FULL JOIN facts.live_sources AS s USING (source)
LEFT JOIN polled AS p USING (source)
LEFT JOIN failing AS f USING (source)
