SELECT m.entity_id, e.name, m.type, m.surface, m.in_title, m.char_start, m.char_end
FROM facts.mentions AS m
JOIN entities AS e USING (entity_id)
WHERE m.article_id = $article_id
  AND m.revision = (SELECT revision FROM articles WHERE article_id = $article_id)
ORDER BY m.in_title DESC, m.char_start, m.char_end DESC
