-- Looks at a feed try them again for a week; what still fails then may well be gone for good, so a
-- few old ones are no news, and those of former months none at all.
WITH waiting AS (
    SELECT rejected_at, moment FROM rejects, facts.present
    WHERE reason IN ('fetch_failed', 'fetch_timeout', 'http_error', 'rate_limited',
                     'robots_unknown', 'internal')
      AND rejected_at > moment - INTERVAL 28 DAY
),
new AS (
    SELECT coalesce(sum(items), 0) AS items FROM item_hours, facts.present
    WHERE status = 'new' AND hour > moment - INTERVAL 28 DAY
)
SELECT NULL::VARCHAR AS subject,
       CASE WHEN count(rejected_at) >= greatest(20, 0.02 * any_value(items))
            THEN epoch(max(moment) - min(rejected_at)) / 3600 END AS value,
       $warn AS warn_at, $bad AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       min(rejected_at) AS since,
       CASE WHEN count(rejected_at) = 0 THEN 'None waits for another try.'
            ELSE format('{} reject{} of the last 28 days may pass at another try '
                        || '(newsloom replay --refetch).', count(rejected_at),
                        if(count(rejected_at) = 1, '', 's')) END AS reason
FROM new LEFT JOIN waiting ON true
