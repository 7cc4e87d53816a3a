WITH standing AS (
    SELECT reason, count(*) AS standing, count(DISTINCT source) AS sources,
           min(rejected_at) AS first_at, max(rejected_at) AS last_at
    FROM rejects WHERE $source = '' OR source = $source GROUP BY reason
),
lately AS (
    SELECT reason, sum(items) AS rejected FROM item_hours
    WHERE status = 'rejected' AND hour >= $since AND ($source = '' OR source = $source)
    GROUP BY reason
)
SELECT reason, coalesce(standing, 0) AS standing, coalesce(rejected, 0) AS rejected,
       coalesce(sources, 0) AS sources, first_at, last_at
FROM standing FULL JOIN lately USING (reason)
ORDER BY standing DESC, rejected DESC, reason
