-- The stories that a story follows (earlier), and those that follow it, nearest first.
SELECT f.story_id = $story AS earlier, other.story_id, r.title, f.nearest, f.score,
       f.entity_overlap, f.days_between, f.linked_pairs, f.shared_entities, f.shared_terms
FROM story_followups AS f,
LATERAL (SELECT CASE WHEN f.story_id = $story THEN f.follows_story_id ELSE f.story_id END
                    AS story_id) AS other
LEFT JOIN facts.live_states AS s ON s.story_id = other.story_id
LEFT JOIN facts.live_revisions AS r
    ON r.article_id = coalesce(s.title_article_id, s.representative_id)
WHERE $story IN (f.story_id, f.follows_story_id)
ORDER BY earlier DESC, CASE WHEN earlier THEN NOT f.nearest END, f.days_between, f.score DESC,
         other.story_id
