SELECT flow, count(*) AS runs, count(*) FILTER (status = 'completed') AS completed,
       count(*) FILTER (status = 'running') AS running,
       count(*) FILTER (status NOT IN ('completed', 'running')) AS unfinished,
       median(seconds) FILTER (status = 'completed') AS median_seconds,
       quantile_cont(seconds, 0.95) FILTER (status = 'completed') AS p95_seconds,
       max(started_at) AS last_started_at
FROM runs WHERE last_event_at >= $since
GROUP BY flow ORDER BY runs DESC, flow
