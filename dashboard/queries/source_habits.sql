WITH counted AS (
    SELECT isodow(hour) AS weekday, hour(hour) AS hour_of_day, sum(items) AS articles
    FROM item_hours
    WHERE source = $source AND status = 'new' AND flow NOT IN ('backfill', 'replay')
      AND hour > $until - INTERVAL 28 DAY
    GROUP BY ALL
)
SELECT weekday, hour_of_day, coalesce(articles, 0) AS articles
FROM (SELECT unnest(range(1, 8)) AS weekday) CROSS JOIN (SELECT unnest(range(24)) AS hour_of_day)
LEFT JOIN counted USING (weekday, hour_of_day)
ORDER BY weekday, hour_of_day
