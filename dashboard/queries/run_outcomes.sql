SELECT status, reason, count(*) AS items, count(*) / sum(count(*)) OVER () AS share
FROM items WHERE run_id = $run
GROUP BY ALL ORDER BY items DESC, status, reason
