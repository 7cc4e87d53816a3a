WITH near AS (
    SELECT article_b AS article_id, revision_b AS revision, score, evidence
    FROM facts.story_edges
    WHERE article_a = $article_id
      AND revision_a = (SELECT revision FROM articles WHERE article_id = $article_id)
    UNION ALL
    SELECT article_a, revision_a, score, evidence
    FROM facts.story_edges
    WHERE article_b = $article_id
      AND revision_b = (SELECT revision FROM articles WHERE article_id = $article_id)
)
SELECT n.score, o.article_id, coalesce(nullif(o.title, ''), '(no headline)') AS title, o.source,
       CASE WHEN o.story_id = $story_id THEN 'the same story' ELSE 'another story' END AS where_to,
       list_transform(n.evidence, lambda x: x.name) AS shared
FROM near AS n
JOIN articles AS o
    ON o.article_id = n.article_id AND o.revision = n.revision AND o.duplicate_of IS NULL
ORDER BY n.score DESC, o.article_id
LIMIT 30
