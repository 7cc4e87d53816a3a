SELECT CASE WHEN f.story_id = $story_id THEN 'follows' ELSE 'followed by' END AS relation,
       other.story_id, coalesce(nullif(other.title, ''), '(no headline)') AS title,
       f.days_between, f.score, f.shared_entities
FROM story_followups AS f
JOIN stories AS other
    ON other.story_id = CASE WHEN f.story_id = $story_id THEN f.follows_story_id ELSE f.story_id END
WHERE $story_id IN (f.story_id, f.follows_story_id)
UNION ALL BY NAME
SELECT 'in ' || array_to_string(t.languages, ', ') AS relation, t.other_story_id AS story_id,
       coalesce(nullif(t.title, ''), '(no headline)') AS title, NULL AS days_between, t.score,
       NULL AS shared_entities
FROM story_translations AS t
WHERE t.story_id = $story_id
ORDER BY relation, score DESC
LIMIT 100
