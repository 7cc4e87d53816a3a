SELECT story_id, happened_at, event, other_story_id, article_count, run_id, commit_id
FROM facts.story_events
