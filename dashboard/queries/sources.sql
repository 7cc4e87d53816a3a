-- The worst first: what the checks of sources found, then late ones, then by name.
WITH found AS (
    SELECT subject.name AS source,
           max(CASE subject.status WHEN 'bad' THEN 2 WHEN 'warn' THEN 1 ELSE 0 END) AS rank,
           list(CASE name WHEN 'failing_sources' THEN 'failing' WHEN 'silent_sources' THEN 'silent'
                ELSE 'broken' END ORDER BY name) AS states,
           string_agg(subject.reason, ' ' ORDER BY name) AS why
    FROM (
        SELECT name, unnest(subjects) AS subject FROM checks
        WHERE name IN ('failing_sources', 'silent_sources', 'broken_sources')
    )
    GROUP BY ALL
),
counted AS (
    SELECT source, date_diff('hour', hour, $until) // 24 AS days_ago, sum(items)::BIGINT AS items
    FROM item_hours
    WHERE status = 'new' AND hour > $until - INTERVAL 29 DAY AND hour <= $until
    GROUP BY ALL
),
daily AS (
    SELECT source, list(coalesce(items, 0) ORDER BY days_ago DESC) FILTER (days_ago < 28) AS days,
           sum(items) FILTER (days_ago >= 1)::BIGINT AS former
    FROM (SELECT source, unnest(range(29)) AS days_ago FROM source_health WHERE source IS NOT NULL)
    LEFT JOIN counted USING (source, days_ago)
    GROUP BY source
),
-- The check counts those that are late. Who was due first is late first.
due AS (
    SELECT source, row_number() OVER (ORDER BY due_at, source) <= round(value * count(*) OVER ())
               AS late
    FROM source_health, (SELECT value FROM checks WHERE name = 'late_sources')
    WHERE address IS NOT NULL AND NOT paused AND due_at IS NOT NULL
),
judged AS (
    SELECT source, h.* EXCLUDE (source), d.days, s.article_count, s.copy_count, s.schedule, s.tags,
           -- A day, of the 28 before the last 24 hours, or of as many as the source is known for.
           d.former / least(greatest(date_diff('day', s.first_seen_at, $until), 1), 28) AS usual,
           coalesce(f.rank, 0) AS rank, coalesce(f.why, '') AS why,
           coalesce(due.late, false) AS late,
           list_filter([
               CASE WHEN h.paused THEN 'paused' END,
               CASE WHEN list_contains(f.states, 'failing') THEN 'failing' END,
               CASE WHEN list_contains(f.states, 'silent') THEN 'silent' END,
               CASE WHEN list_contains(f.states, 'broken') THEN 'broken' END,
               CASE WHEN due.late THEN 'late' END
           ], lambda state: state IS NOT NULL) AS states
    FROM source_health AS h
    -- Rows of a file can name sources that no item was found under.
    FULL JOIN sources AS s USING (source)
    LEFT JOIN daily AS d USING (source)
    LEFT JOIN found AS f USING (source)
    LEFT JOIN due USING (source)
    WHERE source IS NOT NULL
)
SELECT source, ['ok', 'warn', 'bad'][greatest(rank, late::INTEGER) + 1] AS status, states,
       CASE WHEN why <> '' THEN upper(why[1]) || why[2:]
            WHEN paused THEN 'Paused: it is not looked at.'
            WHEN late THEN 'Overdue: is anything polling?'
            WHEN failures > 0 THEN
                format('{} look{} failed: ', failures, if(failures = 1, '', 's')) || coalesce(poll_reason, 'unknown') || '. '
                || coalesce(left(poll_detail, 200), '')
            WHEN last_attempt_at IS NULL THEN 'Not looked at yet.' ELSE '' END AS why,
       last_attempt_at, coalesce(last_good_poll_at, last_success_at) AS last_success_at,
       last_new_at, new_24h, new_7d, round(usual, 2) AS usual_a_day, days, failures, failing_since,
       CASE WHEN failures > 0 THEN poll_reason END AS error, due_at, kind, address, schedule, tags,
       paused, coalesce(article_count, 0) AS article_count, coalesce(copy_count, 0) AS copy_count
FROM judged
WHERE ($only = '' OR list_contains(states, $only))
  AND contains(lower(source), lower($q))
ORDER BY rank DESC, late DESC, failures DESC, coalesce(paused, false), source
