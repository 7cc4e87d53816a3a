SELECT l.score, o.article_id, coalesce(nullif(o.title, ''), '(no headline)') AS title, o.source,
       CASE WHEN l.same_story THEN 'the same story' ELSE 'another story' END AS where_to,
       list_transform(l.evidence, lambda x: x.name) AS shared
FROM story_links AS l
JOIN articles AS o
    ON o.article_id = CASE WHEN l.article_a = $article_id THEN l.article_b ELSE l.article_a END
WHERE l.article_a = $article_id OR l.article_b = $article_id
ORDER BY l.score DESC, o.article_id
LIMIT 30
