-- The latest state of each story.
SELECT story_id, unnest(last)
FROM (
    SELECT
        story_id,
        arg_max(
            {
                'representative_id': representative_id, 'title_article_id': title_article_id,
                'cohesion': cohesion, 'raised_to': raised_to
            },
            commit_id
        ) AS last
    FROM facts.story_states
    GROUP BY story_id
)
