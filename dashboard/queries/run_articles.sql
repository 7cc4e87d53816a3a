SELECT i.status, a.title, i.article_id, i.revision, i.source, i.locator, i.seen_at
FROM items AS i LEFT JOIN articles AS a USING (article_id)
WHERE i.run_id = $run AND i.status IN ('new', 'revised')
ORDER BY i.seen_at, i.item_id LIMIT 50
