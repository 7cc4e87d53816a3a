SELECT happened_at, event, other_story_id, article_count, run_id
FROM story_history
WHERE story_id = $story_id
ORDER BY commit_id, event
