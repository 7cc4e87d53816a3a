-- Every reading of an input, oldest first: by its path or URL as given, or by its article.
SELECT seen_at, run_id, locator, kind, status, reason, detail, article_id, revision
FROM items
WHERE locator IN ($text, $path)
   OR (length($text) > 1 AND starts_with(locator, $path || '#'))
   OR article_id = $article
ORDER BY seen_at, item_id
LIMIT 200
