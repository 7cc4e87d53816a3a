-- What a share of new articles is, against what it was in the 28 days before (check.Share).
WITH counted AS (
    SELECT count(*) FILTER (recent) AS articles, count(*) FILTER (NOT recent) AS before,
           avg(($of)::INTEGER) FILTER (recent) AS share,
           avg(($of)::INTEGER) FILTER (NOT recent) AS usual
    FROM (SELECT f.*, seen_at > moment - INTERVAL 24 HOUR AS recent
          FROM facts.fresh_articles AS f, facts.present)
)
SELECT NULL::VARCHAR AS subject,
       CASE WHEN articles >= 50 AND before >= 200 THEN share END AS value,
       usual + $warn_over AS warn_at, usual + $bad_over AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below, NULL::TIMESTAMP AS since,
       CASE WHEN value IS NULL THEN 'Too few to compare: it takes 50 new articles in 24 hours, and 200 before.'
            ELSE format('{:.1f} % of {} new articles $said; usual are '
                        || '{:.1f} %.', 100 * share, articles, 100 * usual) END AS reason
FROM counted
