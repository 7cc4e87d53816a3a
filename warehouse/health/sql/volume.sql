WITH counted AS (
    SELECT floor(epoch(moment - hour) / 86400)::INTEGER AS ago, sum(items) AS articles
    FROM item_hours, facts.present
    WHERE status = 'new' AND flow NOT IN ('backfill', 'replay') AND hour > moment - INTERVAL 29 DAY
    GROUP BY ago
),
known AS (
    SELECT least(28, coalesce(floor(epoch(max(moment) - min(hour)) / 86400), 0))::INTEGER AS days
    FROM item_hours, facts.present
    WHERE status = 'new' AND flow NOT IN ('backfill', 'replay')
),
days AS (
    SELECT d.ago, coalesce(articles, 0)::DOUBLE AS articles, known.days
    FROM (SELECT unnest(range(0, 29))::INTEGER AS ago) AS d
    LEFT JOIN counted USING (ago), known
    WHERE d.ago = 0 OR d.ago <= known.days
),
spread AS (
    -- How many times wider than chance alone would make it: weekdays differ in their numbers, so
    -- each counts by its own. Its mean is made of the same few days: a degree of freedom is lost.
    -- And of few days the spread itself is uncertain: with 7 degrees of freedom, what is 3 times it
    -- otherwise is 4.2 times (Student's t).
    SELECT sqrt(sum((articles - mean) ^ 2 / greatest(mean, 1)) / nullif(count(*) - 7, 0))
               * (1 + 2.8 / nullif(count(*) - 7, 0)) AS width
    FROM (SELECT articles, avg(articles) OVER (PARTITION BY ago % 7) AS mean
          FROM days WHERE ago > 0)
),
measured AS (
    SELECT any_value(articles) FILTER (ago = 0) AS value,
           avg(articles) FILTER (ago IN (7, 14, 21, 28)) AS usual,
           count(*) FILTER (ago IN (7, 14, 21, 28)) AS weeks, any_value(days.days) AS days
    FROM days
),
-- Fewer than 20 a day, or two weeks of history, are too little to speak of a usual number. A mean
-- of few weeks is uncertain itself.
judged AS (
    SELECT value, CASE WHEN days >= 14 AND usual >= 20 THEN usual END AS usual,
           greatest(width, 1) * sqrt(usual * (1 + 1 / weeks)) AS sd
    FROM measured, spread
)
SELECT NULL::VARCHAR AS subject, value,
       usual + greatest(usual, 4 * sd) AS warn_at, usual + greatest(3 * usual, 8 * sd) AS bad_at,
       -- However much the days differ: of 40 and more, so few are no chance.
       CASE WHEN usual > 0 THEN greatest(usual - greatest(0.3 * usual, 3.5 * sd),
                                         if(usual >= 40, 0.4 * usual, 0)) END AS warn_below,
       CASE WHEN usual > 0 THEN greatest(usual - greatest(0.6 * usual, 5 * sd),
                                         if(usual >= 40, 0.15 * usual, 0)) END AS bad_below,
       NULL::TIMESTAMP AS since,
       CASE WHEN usual IS NULL
            THEN 'Too few to know a usual number: two weeks with 20 a day are needed.'
            WHEN value >= warn_at THEN format('{:.0f} new articles, far more than the usual {:.0f} '
                                              || 'of this weekday (give or take {:.0f}).',
                                              value, usual, sd)
            WHEN value <= warn_below THEN format('{:.0f} new articles, far fewer than the usual '
                                                 || '{:.0f} of this weekday (give or take {:.0f}).',
                                                 value, usual, sd)
            ELSE format('{:.0f} new articles; usual on this weekday are {:.0f}, give or take '
                        || '{:.0f}.', value, usual, sd) END AS reason
FROM judged
