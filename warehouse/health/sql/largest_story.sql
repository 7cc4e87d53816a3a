-- One event may fill the news of a day, and a young warehouse holds few: so many articles as no
-- event has are looked for, or a share as templates and boilerplate make. Copies do not count, as a
-- single press release may have hundreds.
WITH counted AS (
    SELECT story_id, count(*) AS articles FROM facts.live_members GROUP BY story_id
),
total AS (
    SELECT coalesce(max(articles), 0) AS largest, coalesce(sum(articles), 0) AS articles,
           arg_max(story_id, articles) AS story_id
    FROM counted
)
SELECT NULL::VARCHAR AS subject, largest::DOUBLE AS value,
       least(greatest(100, articles * 0.05), 500) AS warn_at,
       least(greatest(300, articles * 0.15), 2000) AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below, NULL::TIMESTAMP AS since,
       CASE WHEN largest = 0 THEN 'No story yet.'
            ELSE format('Story {} has {} article{}, {:.1f} % of all.', story_id, largest,
                        if(largest = 1, '', 's'), 100 * largest / articles) END AS reason
FROM total
