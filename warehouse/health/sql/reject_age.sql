WITH waiting AS (
    SELECT rejected_at FROM rejects
    WHERE reason IN ('fetch_failed', 'fetch_timeout', 'http_error', 'rate_limited',
                     'robots_unknown', 'internal')
)
SELECT NULL::VARCHAR AS subject,
       CASE WHEN count(*) >= 20 THEN epoch(max(moment) - min(rejected_at)) / 3600 END AS value,
       $warn AS warn_at, NULL::DOUBLE AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       min(rejected_at) AS since,
       CASE WHEN count(*) = 0 THEN 'None waits for another try.'
            ELSE format('{} may pass at another try (newsloom replay --refetch).', count(*)) END
           AS reason
FROM waiting, facts.present
