WITH counted AS (
    SELECT count(*) FILTER (recent) AS articles, count(*) FILTER (NOT recent) AS before,
           quantile_cont(word_count, [0.1, 0.5, 0.9]) FILTER (recent) AS words,
           median(word_count) FILTER (NOT recent) AS usual
    FROM (SELECT f.*, seen_at > moment - INTERVAL 24 HOUR AS recent
          FROM facts.fresh_articles AS f, facts.present)
)
SELECT NULL::VARCHAR AS subject,
       CASE WHEN articles >= 50 AND before >= 200 THEN words[2] / nullif(usual, 0) END AS value,
       1.7 AS warn_at, 3.0 AS bad_at, 0.6 AS warn_below, 0.3 AS bad_below,
       NULL::TIMESTAMP AS since,
       CASE WHEN value IS NULL THEN 'Too few to compare: it takes 50 new articles in 24 hours, and 200 before.'
            ELSE format('Half of the new articles have over {:.0f} words (a tenth below {:.0f}, '
                        || 'a tenth over {:.0f}); usual are {:.0f}.', words[2], words[1], words[3], usual) END AS reason
FROM counted
