WITH its AS (
    SELECT article_id, revision, coalesce(nullif(title, ''), '(no headline)') AS title
    FROM articles WHERE story_id = $story_id AND duplicate_of IS NULL
)
SELECT e.score, e.article_a, e.article_b, a.title AS title_a, b.title AS title_b,
       list_transform(list_filter(e.evidence, lambda x: x.kind = 'entity'), lambda x: x.name)
           AS shared_entities,
       list_transform(list_filter(e.evidence, lambda x: x.kind = 'term'), lambda x: x.name)
           AS shared_words
FROM facts.story_edges AS e
JOIN its AS a ON a.article_id = e.article_a AND a.revision = e.revision_a
JOIN its AS b ON b.article_id = e.article_b AND b.revision = e.revision_b
ORDER BY e.score DESC, e.article_a, e.article_b
LIMIT 200
