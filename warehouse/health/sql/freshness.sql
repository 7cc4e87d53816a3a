SELECT NULL::VARCHAR AS subject, epoch(p.moment - n.newest_at) / 3600 AS value,
       s.odd_after_hours::DOUBLE AS warn_at, s.dead_after_hours::DOUBLE AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       CASE WHEN value >= s.odd_after_hours THEN n.newest_at END AS since,
       CASE WHEN n.newest_at IS NULL THEN 'No article yet.'
            WHEN s.odd_after_hours IS NULL
            THEN 'No habit to judge by yet: it takes a week, with news in 8 hours of 3 days.'
            WHEN value >= s.odd_after_hours
            THEN format('Nothing new for {:.1f} hours; by the habits of this warehouse, {} would be '
                        || 'odd.',
                        value, s.odd_after_hours)
            ELSE format('The last new article came {:.1f} hours ago; after {} a silence would be odd.',
                        value, s.odd_after_hours) END AS reason
FROM facts.present AS p
CROSS JOIN (SELECT max(last_at) AS newest_at FROM item_hours WHERE status = 'new') AS n
LEFT JOIN facts.silences AS s ON s.kind = 'all'
