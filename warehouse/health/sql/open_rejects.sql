WITH most AS (
    SELECT reason, count(*) AS items FROM rejects GROUP BY reason ORDER BY 2 DESC, 1 LIMIT 3
)
SELECT NULL::VARCHAR AS subject, (SELECT count(*) FROM rejects)::DOUBLE AS value,
       greatest(1000, 0.25 * (SELECT count(*) FROM facts.live_revisions)) AS warn_at,
       NULL::DOUBLE AS bad_at, NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       (SELECT min(rejected_at) FROM rejects) AS since,
       coalesce('Most for these reasons: '
                || string_agg(format('{} {}', items, reason), ', ' ORDER BY items DESC, reason) || '.',
                'None.') AS reason
FROM most
