SELECT NULL::VARCHAR AS subject, count(s.raised_to)::DOUBLE AS value,
       -- A running topic makes such groups, and in them ordinary stories: only masses are odd.
       greatest(50, count(*) * 0.5) AS warn_at, greatest(500, count(*) * 0.8) AS bad_at,
       NULL::DOUBLE AS warn_below, NULL::DOUBLE AS bad_below, NULL::TIMESTAMP AS since,
       CASE WHEN count(s.raised_to) > 0
            THEN format('{} of {} stories. Read some (stories.raised_to): boilerplate of a source?',
                        count(s.raised_to), count(*))
            ELSE 'None.' END AS reason
FROM (SELECT DISTINCT story_id FROM facts.live_members)
LEFT JOIN facts.live_states AS s USING (story_id)
