SELECT locator, reason, detail FROM items WHERE run_id = $run AND status = 'rejected'
ORDER BY item_id
LIMIT $most
