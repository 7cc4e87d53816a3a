SELECT source, reason, count(*) AS standing, min(rejected_at) AS first_at,
       max(rejected_at) AS last_at
FROM rejects WHERE reason = $reason AND ($source = '' OR source = $source)
GROUP BY ALL ORDER BY standing DESC, source LIMIT 20
