WITH its AS (
    SELECT article_id, revision FROM articles WHERE story_id = $story_id AND duplicate_of IS NULL
),
near AS (
    SELECT e.article_b AS article_id, e.revision_b AS revision, e.score
    FROM facts.story_edges AS e
    JOIN its ON its.article_id = e.article_a AND its.revision = e.revision_a
    UNION ALL
    SELECT e.article_a, e.revision_a, e.score
    FROM facts.story_edges AS e
    JOIN its ON its.article_id = e.article_b AND its.revision = e.revision_b
),
told AS (
    SELECT a.story_id, max(n.score) AS score, count(*) AS linked_pairs
    FROM near AS n
    JOIN articles AS a
        ON a.article_id = n.article_id AND a.revision = n.revision AND a.duplicate_of IS NULL
    WHERE a.story_id <> $story_id
    GROUP BY a.story_id
),
other AS (
    SELECT story_id, NULL AS languages, score, linked_pairs FROM told
    UNION ALL
    SELECT b.story_id, s.languages, NULL, NULL
    FROM facts.live_event_members AS a
    JOIN facts.live_event_members AS b ON b.event_id = a.event_id AND b.story_id <> a.story_id
    JOIN stories AS s ON s.story_id = b.story_id
    WHERE a.story_id = $story_id
)
SELECT CASE WHEN other.languages IS NOT NULL THEN 'in ' || array_to_string(other.languages, ', ')
            WHEN s.began_at < this.began_at THEN 'earlier' ELSE 'later' END AS relation,
       s.story_id, coalesce(nullif(s.title, ''), '(no headline)') AS title, s.began_at,
       s.article_count, other.score, other.linked_pairs
FROM other
JOIN stories AS s USING (story_id),
(SELECT began_at FROM stories WHERE story_id = $story_id) AS this
ORDER BY other.score DESC NULLS FIRST, s.story_id
LIMIT 30
