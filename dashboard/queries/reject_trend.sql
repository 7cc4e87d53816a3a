-- Items rejected in each step of the window, those that a later attempt could use included.
WITH steps AS (
    SELECT unnest(range(time_bucket(to_hours($step), $since), $until, to_hours($step))) AS step
),
counted AS (
    SELECT time_bucket(to_hours($step), hour) AS step, reason, sum(items) AS items
    FROM item_hours
    WHERE status = 'rejected' AND hour >= $since AND ($reason = '' OR reason = $reason)
      AND ($source = '' OR source = $source)
    GROUP BY ALL
),
-- The five that are most frequent; all others are one.
named AS (
    SELECT reason FROM counted GROUP BY reason ORDER BY sum(items) DESC, reason LIMIT 5
)
SELECT step, coalesce(n.reason, if(c.reason IS NULL, NULL, 'others')) AS reason,
       coalesce(sum(items), 0) AS items
FROM steps LEFT JOIN counted AS c USING (step) LEFT JOIN named AS n ON n.reason = c.reason
GROUP BY ALL
ORDER BY step, items DESC, 2
