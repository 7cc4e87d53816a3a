SELECT l.score, l.article_a, l.article_b,
       coalesce(nullif(a.title, ''), '(no headline)') AS title_a,
       coalesce(nullif(b.title, ''), '(no headline)') AS title_b,
       list_transform(list_filter(l.evidence, lambda x: x.kind = 'entity'), lambda x: x.name)
           AS shared_entities,
       list_transform(list_filter(l.evidence, lambda x: x.kind = 'term'), lambda x: x.name)
           AS shared_words
FROM story_links AS l
JOIN articles AS a ON a.article_id = l.article_a AND a.story_id = $story_id
JOIN articles AS b ON b.article_id = l.article_b AND b.story_id = $story_id
ORDER BY l.score DESC, l.article_a, l.article_b
LIMIT 200
