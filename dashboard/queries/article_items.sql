SELECT seen_at, status, reason, kind, source, via, locator, final_url, http_status, run_id
FROM items
WHERE article_id = $article_id
ORDER BY seen_at DESC
LIMIT 100
