SELECT NULL::VARCHAR AS subject, epoch(p.moment - f.published_at) / 3600 AS value,
       s.odd_after_hours::DOUBLE AS warn_at, s.dead_after_hours::DOUBLE AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below,
       CASE WHEN value >= s.odd_after_hours THEN f.published_at END AS since,
       format('The published file was written {:.1f} hours ago', value)
       || coalesce(format('; after {} that would be odd.', s.odd_after_hours), '.') AS reason
FROM facts.published AS f
CROSS JOIN facts.present AS p
LEFT JOIN facts.silences AS s ON s.kind = 'commit'
