SELECT item_id, run_id, locator, kind, source, status, reason, detail, article_id, revision, seen_at
FROM facts.item_events
