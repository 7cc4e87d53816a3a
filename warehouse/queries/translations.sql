-- The same event as this story, in other languages.
SELECT t.other_story_id AS story_id, t.languages, t.title, t.article_count, t.score, t.evidence,
       t.event_id
FROM story_translations AS t
WHERE t.story_id = $story
ORDER BY t.score DESC NULLS LAST, t.other_story_id
