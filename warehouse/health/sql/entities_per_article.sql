WITH counted AS (
    SELECT count(*) FILTER (recent) AS articles, count(*) FILTER (NOT recent) AS before,
           avg(entity_count) FILTER (recent) AS entities,
           avg(entity_count) FILTER (NOT recent) AS usual
    FROM (SELECT f.*, seen_at > moment - INTERVAL 24 HOUR AS recent
          FROM facts.fresh_articles AS f, facts.present)
    WHERE NOT is_copy
)
SELECT NULL::VARCHAR AS subject,
       CASE WHEN articles >= 50 AND before >= 200
            THEN coalesce(entities, 0) / nullif(usual, 0) END AS value,
       NULL::DOUBLE AS warn_at, NULL::DOUBLE AS bad_at, 0.6 AS warn_below, 0.2 AS bad_below,
       NULL::TIMESTAMP AS since,
       CASE WHEN value IS NULL THEN 'Too few to compare: it takes 50 new articles in 24 hours, and 200 before.'
            ELSE format('{:.1f} entities in a new article; usual are {:.1f}.', coalesce(entities, 0),
                        usual) END AS reason
FROM counted
