SELECT source, h.kind, h.address, s.schedule, l.language_hint, s.country, s.tags, s.paywalled,
       h.paused, h.last_attempt_at, coalesce(h.last_good_poll_at, h.last_success_at) AS last_success_at,
       h.last_new_at, h.poll_outcome, h.failures, h.failing_since,
       CASE WHEN h.failures > 0 THEN h.poll_reason END AS error,
       CASE WHEN h.failures > 0 THEN h.poll_detail END AS error_detail,
       h.interval_seconds, h.due_at, h.new_24h, h.new_7d, h.rejected_24h,
       s.first_seen_at, s.article_count, s.copy_count, s.copy_count / s.article_count AS copy_share,
       s.story_count, i.newest_at, i.silent_after_hours, i.dead_after_hours,
       i.newest_at + to_hours(i.silent_after_hours::INTEGER) AS silent_from
FROM source_health AS h
FULL JOIN sources AS s USING (source)
LEFT JOIN facts.live_sources AS l USING (source)
LEFT JOIN facts.silences AS i ON i.kind = 'source' AND i.name = source
WHERE source = $source
