SELECT day, coalesce(sum(items) FILTER (status = 'new'), 0) AS new,
       coalesce(sum(items) FILTER (status = 'revised'), 0) AS revised,
       coalesce(sum(items) FILTER (status = 'unchanged'), 0) AS unchanged,
       coalesce(sum(items) FILTER (status = 'rejected'), 0) AS rejected
FROM (SELECT unnest(range($until::DATE - INTERVAL 28 DAY, $until::DATE + INTERVAL 1 DAY,
                          INTERVAL 1 DAY)) AS day)
LEFT JOIN item_hours ON date_trunc('day', hour) = day AND source = $source
GROUP BY day ORDER BY day
