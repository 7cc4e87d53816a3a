WITH hours AS (SELECT unnest(range($since, $until, to_hours($step))) AS hour),
counted AS (
    SELECT time_bucket(to_hours($step), hour, $since) AS hour, status, sum(items) AS items
    FROM item_hours
    WHERE hour >= $since - INTERVAL 28 DAY GROUP BY ALL
),
past AS (
    SELECT h.hour, p.hour AS former, coalesce(any_value(c.items), 0) AS items
    FROM hours AS h
    JOIN (SELECT unnest(range($since - INTERVAL 28 DAY, $until, to_hours($step))) AS hour) AS p
        ON (epoch(h.hour) - epoch(p.hour)) IN (604800, 1209600, 1814400, 2419200)
    LEFT JOIN counted AS c ON c.hour = p.hour AND c.status = 'new'
    WHERE p.hour >= (SELECT min(hour) FROM item_hours)
    GROUP BY ALL
),
expected AS (
    SELECT hour, greatest(avg(items) - 2 * greatest(stddev_pop(items), sqrt(avg(items))), 0) AS low,
           avg(items) + 2 * greatest(stddev_pop(items), sqrt(avg(items))) AS high
    FROM past GROUP BY hour HAVING count(*) >= 2
)
SELECT hour, coalesce(sum(items) FILTER (status = 'new'), 0) AS new,
       coalesce(sum(items) FILTER (status = 'revised'), 0) AS revised,
       coalesce(sum(items) FILTER (status = 'unchanged'), 0) AS unchanged,
       coalesce(sum(items) FILTER (status = 'rejected'), 0) AS rejected,
       round(any_value(low), 1) AS new_expected_low, round(any_value(high), 1) AS new_expected_high
FROM hours LEFT JOIN counted USING (hour) LEFT JOIN expected USING (hour)
GROUP BY hour ORDER BY hour
