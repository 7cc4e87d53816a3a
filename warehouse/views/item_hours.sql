WITH flows AS (
    SELECT run_id, arg_min(flow, commit_id) AS flow FROM facts.run_events GROUP BY run_id
)
SELECT date_trunc('hour', e.seen_at) AS hour, e.source, f.flow, e.status, e.reason,
       count(*) AS items, max(e.seen_at) AS last_at
FROM facts.item_events AS e
LEFT JOIN flows AS f USING (run_id)
GROUP BY ALL
