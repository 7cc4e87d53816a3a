-- The story of every article that is no copy.
SELECT article_id, last.story_id AS story_id
FROM (
    SELECT article_id, arg_max({'story_id': story_id}, commit_id) AS last
    FROM facts.story_members
    GROUP BY article_id
)
SEMI JOIN facts.live_revisions USING (article_id)
ANTI JOIN facts.live_copies USING (article_id)
WHERE last.story_id IS NOT NULL
