WITH counted AS (
    SELECT status, reason, hour > moment - INTERVAL 24 HOUR AS recent, sum(items) AS items
    FROM item_hours, facts.present
    WHERE hour > moment - INTERVAL 29 DAY AND flow IS DISTINCT FROM 'replay'
    GROUP BY ALL
),
total AS (
    SELECT coalesce(sum(items) FILTER (recent), 0) AS items,
           coalesce(sum(items) FILTER (recent AND status = 'rejected'), 0) AS rejected,
           coalesce(sum(items) FILTER (NOT recent), 0) AS before,
           coalesce(sum(items) FILTER (NOT recent AND status = 'rejected'), 0) AS rejected_before
    FROM counted
),
-- Some sources have paywalls, and some pages are gone: what is usual is no news. And of few items,
-- one or two rejects more are a large share.
judged AS (
    SELECT *, CASE WHEN before >= 200 THEN rejected_before / before ELSE 0 END AS usual,
           usual + 3 * sqrt(greatest(usual, 0.02) / greatest(items, 1)) AS ground
    FROM total
),
most AS (
    SELECT string_agg(format('{} {}', items, reason), ', ' ORDER BY items DESC, reason) AS reasons
    FROM (FROM counted WHERE recent AND status = 'rejected' ORDER BY items DESC, reason LIMIT 3)
)
SELECT NULL::VARCHAR AS subject, CASE WHEN items >= 20 THEN rejected / items END AS value,
       ground + $warn AS warn_at, ground + $bad AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below, NULL::TIMESTAMP AS since,
       CASE WHEN items < 20 THEN format('{} of {} item{} in 24 hours: too few for a share.',
                                        rejected, items, if(items = 1, '', 's'))
            ELSE format('{} of {} items in 24 hours', rejected, items)
                 || coalesce(' (' || reasons || ')', '')
                 || CASE WHEN before >= 200 THEN format('; usual are {:.1f} %.', 100 * usual)
                         ELSE '.' END END AS reason
FROM judged, most
