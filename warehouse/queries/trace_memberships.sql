-- The copies and stories that an article was in, oldest first.
SELECT commit_id, 'story' AS what, story_id AS id FROM facts.story_members WHERE article_id = $article
UNION ALL
SELECT commit_id, 'copy', original_id FROM facts.copies WHERE article_id = $article
ORDER BY commit_id
