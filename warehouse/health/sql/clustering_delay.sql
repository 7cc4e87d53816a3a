WITH taken AS (
    SELECT epoch(c.happened_at - e.discovered_at) / 60 AS minutes
    FROM facts.item_events AS e
    JOIN (SELECT commit_id, max(happened_at) AS happened_at FROM facts.run_events
          GROUP BY commit_id) AS c USING (commit_id)
    WHERE e.status = 'new' AND e.seen_at > (SELECT moment FROM facts.present) - INTERVAL 24 HOUR
)
SELECT NULL::VARCHAR AS subject,
       CASE WHEN count(minutes) >= 20 THEN quantile_cont(minutes, 0.95) END AS value,
       $warn AS warn_at, $bad AS bad_at, NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       NULL::TIMESTAMP AS since,
       CASE WHEN count(minutes) < 20 THEN format('{} new article{} in 24 hours: too few to judge.', count(minutes),
                                                if(count(minutes) = 1, '', 's'))
            ELSE format('Of {} articles, half took at most {:.1f} minutes, 95 % at most {:.1f}.',
                        count(minutes), median(minutes), quantile_cont(minutes, 0.95))
            END AS reason
FROM taken
