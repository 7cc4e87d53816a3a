-- The articles that an id, its start or an address names, removed ones too.
SELECT DISTINCT article_id
FROM facts.article_revisions
WHERE article_id = $text OR (length($text) >= 3 AND starts_with(article_id, $text))
   OR url IN ($text, $address) OR canonical_url IN ($text, $address)
UNION
SELECT article_id FROM facts.tombstones
WHERE url IN ($text, $address) OR article_id = $text
ORDER BY article_id
LIMIT 6
