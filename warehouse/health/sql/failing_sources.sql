WITH listed AS (
    SELECT *, failures >= 3 AS failing FROM source_health WHERE address IS NOT NULL AND NOT paused
)
SELECT NULL::VARCHAR AS subject, count(*) FILTER (failing)::DOUBLE AS value,
       NULL::DOUBLE AS warn_at, greatest(3, 0.1 * count(*)) AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       min(failing_since) FILTER (failing) AS since,
       CASE WHEN count(*) = 0 THEN 'No source is polled.'
            WHEN value > 0 THEN format('The list{} of {:.0f} of {} sources cannot be read.',
                                       if(value = 1, '', 's'), value, count(*))
            ELSE format('The lists of {} source{} could be read at one of the last three looks.',
                        count(*), if(count(*) = 1, '', 's')) END AS reason
FROM listed
UNION ALL
SELECT source, failures, 3, NULL, NULL, NULL, failing_since,
       format('the last {} looks failed ({}).', failures, coalesce(poll_reason, 'unknown'))
       || coalesce(' ' || left(poll_detail, 200), '')
FROM listed
WHERE failing
ORDER BY subject NULLS FIRST
