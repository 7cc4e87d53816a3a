SELECT source, reason, count(*) AS rejects, min(rejected_at) AS first_at, max(rejected_at) AS last_at
FROM rejects WHERE source = $source
GROUP BY ALL ORDER BY rejects DESC, reason
