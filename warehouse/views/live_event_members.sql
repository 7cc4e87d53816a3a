-- The event of every story that still has articles, where another such story is in it, too.
WITH latest AS (
    SELECT story_id, arg_max({'event_id': event_id, 'cohesion': cohesion}, commit_id) AS last
    FROM facts.event_members
    GROUP BY story_id
)
SELECT story_id, last.event_id AS event_id, last.cohesion AS cohesion
FROM latest
SEMI JOIN facts.live_members USING (story_id)
WHERE last.event_id IS NOT NULL
QUALIFY count(*) OVER (PARTITION BY last.event_id) > 1
