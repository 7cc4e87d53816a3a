WITH articles AS (
    SELECT f.*, seen_at > moment - INTERVAL 24 HOUR AS recent
    FROM facts.fresh_articles AS f, facts.present
),
-- A language is expected where it makes 5 % of a source's former articles, or is its hint.
spoken AS (
    SELECT source, language
    FROM (SELECT source, language, count(*) AS articles FROM articles WHERE NOT recent
          GROUP BY ALL)
    QUALIFY articles >= 0.05 * sum(articles) OVER (PARTITION BY source)
    UNION
    SELECT source, language_hint FROM facts.live_sources WHERE language_hint IS NOT NULL
),
counted AS (
    SELECT count(*) FILTER (recent) AS articles, count(*) FILTER (NOT recent) AS before,
           avg((s.language IS NULL)::INTEGER) FILTER (recent) AS share,
           avg((s.language IS NULL)::INTEGER) FILTER (NOT recent) AS usual
    FROM articles AS a
    SEMI JOIN (SELECT source FROM articles WHERE NOT recent GROUP BY source HAVING count(*) >= 20)
        AS known ON known.source = a.source
    LEFT JOIN spoken AS s ON s.source = a.source AND s.language = a.language
)
SELECT NULL::VARCHAR AS subject,
       CASE WHEN articles >= 50 AND before >= 200 THEN share END AS value,
       usual + 0.1 AS warn_at, usual + 0.3 AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below, NULL::TIMESTAMP AS since,
       CASE WHEN value IS NULL THEN 'Too few to compare: it takes 50 new articles in 24 hours, and 200 before.'
            ELSE format('{:.1f} % of {} new articles are in a language that is rare in their source; '
                        || 'usual are {:.1f} %.', 100 * share, articles, 100 * usual) END AS reason
FROM counted
