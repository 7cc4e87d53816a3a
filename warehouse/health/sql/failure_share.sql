WITH counted AS (
    SELECT status, reason, sum(items) AS items
    FROM item_hours, facts.present
    WHERE hour > moment - INTERVAL 24 HOUR AND flow IS DISTINCT FROM 'replay'
    GROUP BY ALL
),
total AS (
    SELECT coalesce(sum(items), 0) AS items,
           coalesce(sum(items) FILTER (status = 'rejected'), 0) AS rejected
    FROM counted
),
most AS (
    SELECT string_agg(format('{} {}', items, reason), ', ' ORDER BY items DESC, reason) AS reasons
    FROM (FROM counted WHERE status = 'rejected' ORDER BY items DESC, reason LIMIT 3)
)
SELECT NULL::VARCHAR AS subject, CASE WHEN items >= 20 THEN rejected / items END AS value,
       $warn AS warn_at, $bad AS bad_at, NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       NULL::TIMESTAMP AS since,
       CASE WHEN items < 20 THEN format('{} of {} item{} in 24 hours: too few for a share.',
                                        rejected, items, if(items = 1, '', 's'))
            ELSE format('{} of {} items in 24 hours', rejected, items) || coalesce(': ' || reasons, '') || '.'
            END AS reason
FROM total, most
