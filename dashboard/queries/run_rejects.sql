SELECT reason, locator, detail, source, seen_at, item_id
FROM items WHERE run_id = $run AND status = 'rejected'
ORDER BY reason, seen_at, item_id LIMIT 50
